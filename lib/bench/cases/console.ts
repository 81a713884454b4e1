import type { DatabaseConnection } from '@/lib/db/client';
import { causeEvent, withLargeConsole } from '../console/installation';
import { type Session, signIn, startBrowser, VISITED, type Visit, visit } from '../console/pages';
import { CLUSTERS, VMS_PER_CLUSTER } from '../console/seed';
import { measureBareStreams, measureStreams, STREAMS } from '../console/streams';
import type { BenchCase, BenchContext, Measurement } from '../types';

const LCP_MS_MAX = 1_000;
const INTERACTION_MS_MAX = 100;
const SCRIPT_KB_MAX = 200;
const STREAM_RATIO_MAX = 3;

const toMeasurements = (name: string, visits: readonly Visit[]): readonly Measurement[] => [
  {
    name: `${name}: largest contentful paint, empty cache`,
    unit: 'ms',
    values: visits.map(({ lcpMs }) => lcpMs),
    target: { kind: 'median', atMost: LCP_MS_MAX },
  },
  {
    name: `${name}: slowest interaction`,
    unit: 'ms',
    values: visits.map(({ interactionMs }) => interactionMs),
    target: { kind: 'median', atMost: INTERACTION_MS_MAX },
  },
  {
    name: `${name}: scripts of the page, compressed`,
    unit: 'kB',
    values: visits.map(({ scriptBytes }) => scriptBytes / 1_000),
    target: { kind: 'maximum', atMost: SCRIPT_KB_MAX },
  },
];

const measurePages = async (url: string, { runs, say }: BenchContext): Promise<readonly Measurement[]> => {
  const browser = await startBrowser();
  try {
    const session: Session = await signIn(browser, url);
    const measurements: Measurement[] = [];
    for (const page of VISITED) {
      // The server reads a page's code when it is first asked for.
      await visit(browser, url, session, page);
      const visits: Visit[] = [];
      for (let run = 0; run < runs; run += 1) visits.push(await visit(browser, url, session, page));
      say(`${page.name}: ${JSON.stringify(visits.at(-1))}`);
      measurements.push(...toMeasurements(page.name, visits));
    }
    return measurements;
  } finally {
    await browser.close();
  }
};

const measureEvents = async (
  url: string,
  token: string,
  connection: DatabaseConnection,
  { runs, say }: BenchContext,
): Promise<Measurement> => {
  const [own, bare]: [number[], number[]] = [[], []];
  const headers = { Authorization: `Bearer ${token}` };
  for (let run = 0; run < runs; run += 1) {
    bare.push(await measureBareStreams());
    own.push(await measureStreams(`${url}/api/v1/events`, headers, () => causeEvent(connection)));
    say(`streams: ${own.at(-1)} ms, bare ${bare.at(-1)} ms`);
  }
  return {
    name: `an event at ${STREAMS} streams, p99 from before its commit to its arrival`,
    unit: 'ms',
    values: own,
    peer: { name: 'one line from a bare Node server to as many', values: bare },
    target: { kind: 'ratio', atMost: STREAM_RATIO_MAX },
  };
};

/** A large installation in a database of its own, looked at in a browser. */
export const consolePages: BenchCase = {
  name: 'console',
  description: `looks at ${CLUSTERS} clusters of ${VMS_PER_CLUSTER} VMs in a browser, and follows events on ${STREAMS} streams`,
  run: (context) =>
    withLargeConsole(context.say, async ({ web, token, connection }) => [
      ...(await measurePages(web.url, context)),
      await measureEvents(web.url, token, connection, context),
    ]),
};
