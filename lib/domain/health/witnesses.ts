import { HeadroomError } from '../errors';

/** What each witness says of a node, read at one moment. None is believed alone when it says that something is lost. */
export interface Witnesses {
  /** The hypervisor, of the VM's process: `unknown` when its host cannot be asked. */
  readonly process: 'running' | 'paused' | 'ended' | 'unknown';
  /** The node itself, over the network or by its guest channel: keepalived, proxy and application. */
  readonly guest: GuestWitness;
  /** The proxies of other members: how many were asked, and how many of them find it able to serve. */
  readonly peers: { readonly asked: number; readonly up: number };
  /** Whether a probe through the VIP was answered by it lately; null when the prober cannot be asked. */
  readonly prober: boolean | null;
}

export type GuestWitness =
  | { readonly answers: false }
  | {
      readonly answers: true;
      readonly vrrp: string;
      readonly holdsVip: boolean;
      readonly application: 'up' | 'down' | 'stopped';
      readonly proxy: 'up' | 'down';
    };

export const VERDICTS = ['healthy', 'suspect', 'lost', 'unknown'] as const;
/**
 * `suspect`: something is wrong, and it is not certain what. `lost`: it does not work and may be ended and replaced.
 * `unknown`: it cannot be asked, and nobody sees it; it may work or not.
 */
export type Verdict = (typeof VERDICTS)[number];

/** What is stored as a verdict. Throws `internal` when it is none. */
export const toVerdict = (text: string): Verdict => {
  const verdict = VERDICTS.find((known) => known === text);
  if (verdict === undefined) throw new HeadroomError('internal', 'A verdict is unknown.', { context: { text } });
  return verdict;
};

/** Whether the node says of itself that it works: its proxy does, and its application where it is to run one. */
export const worksByItsOwnWord = (guest: GuestWitness, runsApplication: boolean): boolean =>
  guest.answers && guest.proxy === 'up' && (!runsApplication || guest.application === 'up');
