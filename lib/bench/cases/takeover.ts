import { setTimeout as sleep } from 'node:timers/promises';
import { unit } from '@/lib/sim/random';
import { withHogs } from '../hogs';
import { CLUSTER, type Pair, type Vrrp, withPairToHurt } from '../pair';
import type { BenchCase, BenchContext, Measurement } from '../types';
import { until } from '../until';

/** As long as the defaults' advert interval: no moment in it is likelier than another. */
const PHASE_MS = 1_000;
/** Load before the crash, so that what is measured is not the beginning of it. */
const WARM_UP_MS = 2_000;
const ANSWER_DEADLINE_MS = 30_000;
/** After the first answer: whether it goes on. */
const AFTER_MS = 2_000;

interface Seen {
  /** Longest time without any answer to the load, in milliseconds. */
  readonly gapMs: number;
  /** Requests of the load, until a while after the take-over. */
  readonly sent: number;
  /** Probes, each on a connection of its own, that had no answer within their time limit. */
  readonly failed: number;
  readonly probes: number;
}

/** Ends the holder's VM under load, at the phase given, and says what the load's clients saw. */
const crashHolder = async (
  pair: Pair,
  crash: (vmId: string) => Promise<void>,
  { rate, phaseMs }: { readonly rate: number; readonly phaseMs: number },
): Promise<Seen & { readonly crashed: string }> => {
  const { traffic } = pair;
  const holder = await pair.untilWell();
  await traffic.setLoad(CLUSTER, { requestsPerSecond: rate, path: '/', slowStreams: 0 });
  await sleep(WARM_UP_MS + phaseMs);
  const crashedAt = new Date();
  await crash(holder);
  await until('an answer after the crash', ANSWER_DEADLINE_MS, async () => {
    // What was on its way when the VM ended may still be answered; what is asked half a second later is not.
    const answered = await traffic.answeredSince(CLUSTER, new Date(crashedAt.getTime() + 500));
    return answered.size > 0 ? true : null;
  });
  await sleep(AFTER_MS);
  const { longestGapMs, sent } = await traffic.load(CLUSTER);
  const ended = new Date();
  await traffic.setLoad(CLUSTER, { requestsPerSecond: 0, path: '/', slowStreams: 0 });
  const { requests: probes, failed } = await traffic.receipt(CLUSTER, crashedAt, ended);
  return { gapMs: longestGapMs, sent, failed, probes, crashed: holder };
};

const VARIANTS: readonly Vrrp[] = ['headroom', 'defaults'];

/** Crashes of the holder, each time by Headroom's keepalived and then by one with its defaults. */
const measureCrashes = async (
  pair: Pair,
  crash: (vmId: string) => Promise<void>,
  { runs, seed, rate, say }: BenchContext,
): Promise<readonly Measurement[]> => {
  const seen: Record<Vrrp, Seen[]> = { headroom: [], defaults: [] };
  for (let run = 0; run < runs; run += 1) {
    for (const vrrp of VARIANTS) {
      if (vrrp === 'defaults') await pair.use('defaults');
      const phaseMs = unit(seed, vrrp, run) * PHASE_MS;
      const { crashed, ...one } = await crashHolder(pair, crash, { rate, phaseMs });
      seen[vrrp].push(one);
      say(
        `run ${run + 1}, ${vrrp}: gap ${one.gapMs} ms under ${one.sent} requests; ${one.failed} of ${one.probes} probes failed`,
      );
      if (vrrp === 'defaults') await pair.use('headroom', crashed);
      await pair.replace(crashed);
    }
  }
  const gaps = (vrrp: Vrrp): readonly number[] => seen[vrrp].map(({ gapMs }) => gapMs);
  const peer = { name: 'keepalived with its defaults', values: gaps('defaults') };
  return [
    {
      name: `gap at clients when the VIP holder's VM is killed, ${rate} requests/s`,
      unit: 'ms',
      values: gaps('headroom'),
      peer,
      target: { kind: 'maximum', atMost: 500 },
    },
    {
      name: 'probes on new connections (20/s) that failed in one such crash',
      unit: 'requests',
      values: seen.headroom.map(({ failed }) => failed),
      peer: { name: peer.name, values: seen.defaults.map(({ failed }) => failed) },
      target: { kind: 'maximum', atMost: 1 },
    },
  ];
};

/** How often the VIP moves although nothing is wrong but that the machine is overloaded. */
const measureHogs = async (pair: Pair, { hogs, hogSeconds, say }: BenchContext): Promise<readonly Measurement[]> => {
  if (hogs === 0 || hogSeconds === 0) return [];
  await pair.untilWell();
  const before = await pair.takeOvers();
  const from = new Date();
  await withHogs(hogs, () => sleep(hogSeconds * 1_000));
  const taken = (await pair.takeOvers()) - before;
  const receipt = await pair.traffic.receipt(CLUSTER, from, new Date());
  say(
    `${hogSeconds} s under ${hogs} hogs: ${taken} take-overs, longest gap ${Math.round(receipt.longestGapMs)} ms, ` +
      `${receipt.failed} of ${receipt.requests} probes failed`,
  );
  return [
    {
      name: `false take-overs in ${hogSeconds} s under ${hogs} processes that take all the processor they get`,
      unit: 'operations',
      values: [taken],
      target: { kind: 'maximum', atMost: 0 },
    },
  ];
};

/** What keepalived in the guests does by itself when the holder dies, and when the machine is merely busy. */
export const takeover: BenchCase = {
  name: 'takeover',
  description: "the VIP holder's VM is killed under load, next to keepalived with its defaults; then hogs",
  run: (context) =>
    withPairToHurt(async ({ pair, rehearsal }) => [
      ...(await measureCrashes(pair, rehearsal.crashVm, context)),
      ...(await measureHogs(pair, context)),
    ]),
};
