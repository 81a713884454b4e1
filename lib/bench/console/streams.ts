import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Agent, type ClientRequest, get, type IncomingMessage } from 'node:http';
import { fileURLToPath } from 'node:url';
import { freePort } from '@/lib/setup/free-port';
import { untilInterrupted } from '../interruption';
import { endChild } from './web';

export const STREAMS = 1_000;
const OPENED_AT_ONCE = 50;
const EVENTS = 20;
const ARRIVE_DEADLINE_MS = 20_000;
const PAUSE_MS = 300;
const WARM_UPS = 3;

interface Stream {
  readonly request: ClientRequest;
  /** Called with every event that comes, at its arrival. */
  onEvent: () => void;
}

const openStream = (url: string, headers: Readonly<Record<string, string>>, agent: Agent): Promise<Stream> =>
  new Promise((resolve, reject) => {
    const request = get(url, { headers, agent }, (response: IncomingMessage) => {
      if (response.statusCode !== 200) {
        reject(new Error(`${url} answered ${response.statusCode}`));
        return;
      }
      response.setEncoding('utf8').on('data', (text: string) => {
        if (text.includes('data: ')) stream.onEvent();
      });
      response.on('error', () => undefined);
      resolve(stream);
    }).on('error', reject);
    const stream: Stream = { request, onEvent: () => undefined };
  });

/** Opens that many streams at once; returns what closes them. */
export const openStreams = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  count: number,
): Promise<() => void> => {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const streams = await Promise.all(Array.from({ length: count }, () => openStream(url, headers, agent)));
  return () => {
    for (const { request } of streams) request.destroy();
    agent.destroy();
  };
};

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** From `cause` to each stream's event, in milliseconds; throws when one gets none in time. */
const timeOneEvent = async (streams: readonly Stream[], cause: () => Promise<void>): Promise<readonly number[]> => {
  const times: number[] = [];
  const began = performance.now();
  const arrived = Promise.all(
    streams.map(
      (stream) =>
        new Promise<void>((resolve) => {
          stream.onEvent = () => {
            times.push(performance.now() - began);
            stream.onEvent = () => undefined;
            resolve();
          };
        }),
    ),
  );
  await cause();
  const late = pause(ARRIVE_DEADLINE_MS).then(() => {
    throw new Error(`only ${times.length} of ${streams.length} streams got the event`);
  });
  await Promise.race([arrived, late]);
  late.catch(() => undefined);
  return times;
};

const percentile99 = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1] ?? Number.NaN;

/** Opens the streams, causes events one after another, and says how late the 99th of a hundred comes. */
export const measureStreams = async (
  url: string,
  headers: Readonly<Record<string, string>>,
  cause: () => Promise<void>,
): Promise<number> => {
  const agent = new Agent({ maxSockets: Number.POSITIVE_INFINITY });
  const streams: Stream[] = [];
  try {
    while (streams.length < STREAMS) {
      const count = Math.min(OPENED_AT_ONCE, STREAMS - streams.length);
      streams.push(...(await Promise.all(Array.from({ length: count }, () => openStream(url, headers, agent)))));
    }
    const times: number[] = [];
    for (let event = 0; event < EVENTS + WARM_UPS; event += 1) {
      await pause(PAUSE_MS);
      const one = await timeOneEvent(streams, cause);
      if (event >= WARM_UPS) times.push(...one);
    }
    return percentile99(times);
  } finally {
    for (const { request } of streams) request.destroy();
    agent.destroy();
  }
};

/** The same of a server with nothing behind it. */
export const measureBareStreams = async (): Promise<number> => {
  const port = await freePort();
  const script = fileURLToPath(new URL('bare-stream.mjs', import.meta.url));
  const child = spawn(process.execPath, [script, String(port)], { stdio: 'ignore' });
  try {
    return await untilInterrupted(async () => {
      await once(child, 'spawn');
      const url = `http://127.0.0.1:${port}/`;
      const deadline = Date.now() + ARRIVE_DEADLINE_MS;
      while (!(await fetch(url, { method: 'POST' }).then(Boolean, () => false))) {
        if (Date.now() > deadline) throw new Error('the bare server does not answer');
        await pause(50);
      }
      return measureStreams(url, {}, async () => {
        await fetch(url, { method: 'POST' });
      });
    });
  } finally {
    await endChild(child);
  }
};
