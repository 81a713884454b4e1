import { setTimeout as sleep } from 'node:timers/promises';

const CLIENTS = 8;
const PAGE = 500;
const REQUEST_DEADLINE_MS = 40_000;
const SETTLED_AFTER = 20;
const REFUSALS_TOLD = 20;

export interface WriterAccount {
  /** Transactions that were answered with 201 or 200. */
  readonly accepted: number;
  /** Accepted ones that the ledger does not have. */
  readonly lost: number;
  /** Ids that the ledger has more than once. */
  readonly doubled: number;
  /** Requests that ended without an answer, or with a failure of the server. */
  readonly refused: number;
  /** How those ended, when and after how long; the first twenty. */
  readonly refusals: readonly string[];
  /** Longest time without an accepted transaction. */
  readonly longestPauseMs: number;
}

export interface Writer {
  /** Ends the clients, reads the ledger, and tells what became of what was accepted. */
  stop(): Promise<WriterAccount>;
}

/** What fetch hides in the cause of its error, such as `ECONNRESET`. */
const describeFailure = (error: unknown): string => {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
};

/** Who took it and whom they asked; a proxy that answers by itself names nobody. */
const describeAnswer = ({ status, headers }: Response): string =>
  `answered ${status} by ${headers.get('X-Headroom-Via') ?? 'nobody'} for ${headers.get('X-Served-By') ?? 'nobody'}`;

/** Eight clients that write transactions one after another, each on a new connection, until stopped. */
export async function startWriter(endpoint: string, prefix: string): Promise<Writer> {
  const accepted = new Set<string>();
  let refused = 0;
  const refusals: string[] = [];
  const refuse = (how: string, sentAt: number): void => {
    refused += 1;
    const afterMs = Math.round(performance.now() - sentAt);
    if (refusals.length < REFUSALS_TOLD) refusals.push(`${new Date().toISOString()} after ${afterMs} ms: ${how}`);
  };
  let lastAcceptedAt = performance.now();
  let longestPauseMs = 0;
  let going = true;
  let count = 0;

  const write = async (): Promise<void> => {
    const id = `${prefix}-${++count}`;
    const sentAt = performance.now();
    try {
      const answer = await fetch(new URL('/transactions', endpoint), {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Connection: 'close' },
        body: JSON.stringify({ id, amount: 1 }),
        signal: AbortSignal.timeout(REQUEST_DEADLINE_MS),
      });
      await answer.text();
      if (!answer.ok) {
        refuse(describeAnswer(answer), sentAt);
        return;
      }
      const now = performance.now();
      longestPauseMs = Math.max(longestPauseMs, now - lastAcceptedAt);
      lastAcceptedAt = now;
      accepted.add(id);
    } catch (error) {
      refuse(describeFailure(error), sentAt);
    }
  };
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (going) await write();
  });
  // Counted from a steady state on: the first transactions find cold caches.
  while (accepted.size < SETTLED_AFTER && refused < SETTLED_AFTER) await sleep(10);
  longestPauseMs = 0;

  return {
    stop: async () => {
      going = false;
      await Promise.all(clients);
      const times = new Map<string, number>();
      for (const id of await readIds(endpoint)) times.set(id, (times.get(id) ?? 0) + 1);
      return {
        accepted: accepted.size,
        lost: [...accepted].filter((id) => !times.has(id)).length,
        doubled: [...times.values()].filter((n) => n > 1).length,
        refused,
        refusals,
        longestPauseMs,
      };
    },
  };
}

async function readIds(endpoint: string): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after = 0; ; ) {
    const answer = await fetch(new URL(`/transactions?after=${after}&limit=${PAGE}`, endpoint));
    const page = (await answer.json()) as { items: { id: string }[]; next: number };
    if (page.items.length === 0) return ids;
    ids.push(...page.items.map((item) => item.id));
    after = page.next;
  }
}
