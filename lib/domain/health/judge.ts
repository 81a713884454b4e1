import { type Verdict, type Witnesses, worksByItsOwnWord } from './witnesses';

/** How long a VM whose process is there may be silent to everybody before it counts as lost. */
export const SILENT_MS_MAX = 30_000;
/** How long a node that answers may be without its application: its own supervisor starts that again first. */
export const FAILING_MS_MAX = 60_000;

export interface Situation {
  readonly witnesses: Witnesses;
  readonly runsApplication: boolean;
  /** From the last judgement: since when no witness has seen it work; null when one did, or there was none. */
  readonly unseenSince: Date | null;
  /** Whether another member of its cluster works. */
  readonly othersWork: boolean;
  /** Whether its cluster has no other member: there is nobody to be compared with. */
  readonly isAlone: boolean;
  readonly now: Date;
}

export interface Judgement {
  readonly verdict: Verdict;
  /** What it rests on, for people. */
  readonly reason: string;
  readonly unseenSince: Date | null;
}

const seconds = (ms: number): string => `${Math.round(ms / 1_000)} s`;

const describeFault = ({ process, guest }: Witnesses): string => {
  if (process === 'paused') return 'Its VM is paused';
  if (!guest.answers) return 'Its process runs, and its guest does not answer';
  if (guest.proxy === 'down') return 'Its proxy does not run';
  return `Its application is ${guest.application}`;
};

/** Who sees it serve, besides itself. */
const describeSeen = ({ prober, peers }: Witnesses): string | null => {
  if (prober === true) return 'clients are answered by it';
  return peers.up > 0 ? `${peers.up} of ${peers.asked} members find it able to serve` : null;
};

/**
 * Weighs what all witnesses say of a node. Only two things make it lost: the hypervisor says that its process is gone,
 * or nobody has seen it work for long enough while its process can still be ended for certain. When all members of a
 * cluster fail at once the cause is not in one of them, and none is given up.
 */
export const judge = (situation: Situation): Judgement => {
  const { witnesses, runsApplication, othersWork, isAlone, now } = situation;
  const { process, guest } = witnesses;
  if (process === 'ended')
    return {
      verdict: 'lost',
      reason: 'The hypervisor has no process of it.',
      unseenSince: situation.unseenSince ?? now,
    };
  const seen = describeSeen(witnesses);
  if (worksByItsOwnWord(guest, runsApplication)) {
    const reason = process === 'unknown' ? 'It works; its host cannot be managed.' : 'It says that it works.';
    return { verdict: 'healthy', reason, unseenSince: null };
  }
  if (process === 'unknown' && seen !== null)
    return { verdict: 'healthy', reason: `Its host cannot be asked; ${seen}.`, unseenSince: null };
  // The time in which nothing could be asked does not count: it may have worked all along.
  if (process === 'unknown')
    return { verdict: 'unknown', reason: 'Its host cannot be asked, and nobody sees it work.', unseenSince: null };
  const unseenSince = situation.unseenSince ?? now;
  const fault = describeFault(witnesses);
  if (seen !== null) return { verdict: 'suspect', reason: `${fault}, yet ${seen}.`, unseenSince: null };
  const limitMs = guest.answers ? FAILING_MS_MAX : SILENT_MS_MAX;
  const passedMs = now.getTime() - unseenSince.getTime();
  if (passedMs < limitMs)
    return { verdict: 'suspect', reason: `${fault}; lost after ${seconds(limitMs)} of it.`, unseenSince };
  if (!othersWork && !isAlone)
    return { verdict: 'suspect', reason: `${fault}, as with every other member: it is kept.`, unseenSince };
  // Who hears nobody may be deaf: a machine that is overloaded, with guests that all answer late.
  if (witnesses.peers.asked === 0 && !isAlone)
    return { verdict: 'suspect', reason: `${fault}, and no other member could be asked: it is kept.`, unseenSince };
  return { verdict: 'lost', reason: `${fault}, and nobody has seen it work for ${seconds(limitMs)}.`, unseenSince };
};
