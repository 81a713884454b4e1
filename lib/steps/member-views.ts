/** What became of telling one member. */
export interface Told {
  readonly vmId: string;
  readonly name: string;
  readonly error: unknown;
}

interface Rounds {
  running: Promise<unknown>;
  waiting: Promise<readonly Told[]> | null;
}

/**
 * Who tells the members of a cluster about each other goes in rounds, one after another for each cluster. A round that
 * has not begun serves everyone who asks for one: it looks at the database when it begins, so it tells of all their
 * changes. Also remembers what each member was told last by this process, so that nobody is told the same again.
 */
export class MemberViews {
  readonly #rounds = new Map<string, Rounds>();
  readonly #told = new Map<string, string>();

  /** Resolves with the outcome of a round that begins after this call. */
  round(clusterId: string, work: () => Promise<readonly Told[]>): Promise<readonly Told[]> {
    const rounds = this.#rounds.get(clusterId) ?? { running: Promise.resolve(), waiting: null };
    this.#rounds.set(clusterId, rounds);
    if (rounds.waiting !== null) return rounds.waiting;
    const before = rounds.running;
    const begin = (): Promise<readonly Told[]> => {
      rounds.waiting = null;
      return work();
    };
    const round = before.then(begin, begin);
    rounds.waiting = round;
    rounds.running = round.catch(() => undefined);
    return round;
  }

  knows(vmId: string, view: string): boolean {
    return this.#told.get(vmId) === view;
  }

  note(vmId: string, view: string): void {
    this.#told.set(vmId, view);
  }

  /** What was told to them may not be in force any more. */
  forget(vmIds: readonly string[]): void {
    for (const vmId of vmIds) this.#told.delete(vmId);
  }
}
