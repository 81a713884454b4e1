import { setTimeout as sleep } from 'node:timers/promises';
import { unit } from '@/lib/sim/random';
import { watchHolders } from '../holders-watch';
import { CLUSTER, type Ground, VIP, withPairToHurt } from '../pair';
import type { BenchCase, BenchContext, Measurement } from '../types';

const LASTS_MS = 8_000;
/** Longer than an orchestrator would put up with it; here is none, and the VM goes on as it was. */
const PAUSE_LASTS_MS = 90_000;
/** Two holders that can hear each other again have settled it long before. */
const AFTER_MS = 3_000;
const LOST_PERCENT = 30;

interface Disturbance {
  readonly name: string;
  readonly lastsMs: number;
  begin(ground: Ground, holder: string): Promise<void>;
  end(ground: Ground, holder: string): Promise<void>;
}

const cut = (whose: 'holder' | 'other', direction: 'incoming' | 'outgoing'): Disturbance => {
  const hostOf = ({ pair }: Ground, holder: string): string =>
    pair.hostOf(whose === 'holder' ? holder : (pair.members().find((member) => member !== holder) ?? holder));
  return {
    name: `${direction} packets of the ${whose}'s host cut off`,
    lastsMs: LASTS_MS,
    begin: (ground, holder) => ground.rehearsal.cutHost(hostOf(ground, holder), direction),
    end: (ground, holder) => ground.rehearsal.cutHost(hostOf(ground, holder), null),
  };
};

const inGuest = async ({ driver }: Ground, vmId: string, script: string): Promise<void> => {
  const { exitCode, stderr } = await driver.hypervisor.guest(vmId).exec('/bin/bash', ['-euc', script]);
  if (exitCode !== 0) throw new Error(`${vmId}: ${stderr}`);
};

/** Lost at the guest's own network card, since the machine's kernel may have nothing that loses packets by chance. */
const LOSE = `nft -f - <<END
table netdev loss {
  chain in { type filter hook ingress device eth0 priority 0; numgen random mod 100 < ${LOST_PERCENT} drop; }
  chain out { type filter hook egress device eth0 priority 0; numgen random mod 100 < ${LOST_PERCENT} drop; }
}
END`;

const DISTURBANCES: readonly Disturbance[] = [
  cut('holder', 'incoming'),
  cut('holder', 'outgoing'),
  cut('other', 'incoming'),
  {
    name: `${LOST_PERCENT} % of the holder's packets lost`,
    lastsMs: LASTS_MS,
    begin: (ground, holder) => inGuest(ground, holder, LOSE),
    end: (ground, holder) => inGuest(ground, holder, 'nft delete table netdev loss'),
  },
];

const PAUSE: Disturbance = {
  name: `the holder's VM paused for ${PAUSE_LASTS_MS / 1_000} s`,
  lastsMs: PAUSE_LASTS_MS,
  begin: ({ driver }, holder) => driver.hypervisor.pauseVm(holder),
  end: ({ driver }, holder) => driver.hypervisor.resumeVm(holder),
};

interface Seen {
  readonly doubledMs: number;
  readonly gapMs: number;
}

const disturb = async (ground: Ground, disturbance: Disturbance, phaseMs: number): Promise<Seen> => {
  const { driver, pair } = ground;
  const holder = await pair.untilWell();
  const watch = await watchHolders(driver.lab, VIP);
  const from = new Date();
  await sleep(phaseMs);
  await disturbance.begin(ground, holder);
  await sleep(disturbance.lastsMs);
  await disturbance.end(ground, holder);
  await sleep(AFTER_MS);
  const { doubledMs } = await watch.stop();
  const { longestGapMs } = await pair.traffic.receipt(CLUSTER, from, new Date());
  return { doubledMs, gapMs: longestGapMs };
};

const measure = async (
  ground: Ground,
  disturbances: readonly Disturbance[],
  { runs, seed, say }: BenchContext,
): Promise<readonly Measurement[]> => {
  const measurements: Measurement[] = [];
  for (const disturbance of disturbances) {
    const seen: Seen[] = [];
    for (let run = 0; run < runs; run += 1) {
      const one = await disturb(ground, disturbance, unit(seed, disturbance.name, run) * 1_000);
      seen.push(one);
      say(`${disturbance.name}, run ${run + 1}: two holders for ${one.doubledMs} ms, gap ${Math.round(one.gapMs)} ms`);
    }
    measurements.push(
      {
        name: `${disturbance.name}: time with two holders that answer clients`,
        unit: 'ms',
        values: seen.map(({ doubledMs }) => doubledMs),
        target: { kind: 'maximum', atMost: 1_000 },
      },
      {
        name: `${disturbance.name}: longest gap at clients`,
        unit: 'ms',
        values: seen.map(({ gapMs }) => gapMs),
        target: { kind: 'maximum', atMost: 5_000 },
      },
    );
  }
  return measurements;
};

/** What the guests make of a holder that is cut off one way, or loses packets, without an orchestrator. */
export const disturbances: BenchCase = {
  name: 'disturbances',
  description: 'the VIP holder is cut off one way, and loses packets: two holders, and what clients miss',
  run: (context) => withPairToHurt((ground) => measure(ground, DISTURBANCES, context)),
};

/** The same of one that stands still for so long that nobody expects it back. */
export const pauses: BenchCase = {
  name: 'pauses',
  description: "the VIP holder's VM stands still for 90 s and goes on: two holders, and what clients miss",
  run: (context) => withPairToHurt((ground) => measure(ground, [PAUSE], context)),
};
