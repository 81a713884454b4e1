import { createHash } from 'node:crypto';
import { canonicalJson } from './canonical-json';
import type { Database } from './context';

/** `prevHash` of the first row of a chain. */
export const CHAIN_GENESIS = '0'.repeat(64);

/** SHA-256, in hex, over a row's content and the hash of the row before it. */
export const chainHash = (prevHash: string, content: object): string =>
  createHash('sha256')
    .update(canonicalJson({ ...content, prevHash }))
    .digest('hex');

export interface Chained {
  readonly seq: bigint;
  readonly prevHash: string;
  readonly hash: string;
}

interface Head {
  readonly seq: bigint;
  readonly hash: string;
}

/** Rows with their places in the chain, after its present last row. Call it under the lock that guards the chain. */
export const chainAfter = <T>(
  last: Head | null,
  rows: readonly T[],
  contentOf: (row: T, seq: bigint) => object,
): readonly (T & Chained)[] => {
  let { seq, hash: prevHash } = last ?? { seq: 0n, hash: CHAIN_GENESIS };
  return rows.map((row) => {
    seq += 1n;
    const hash = chainHash(prevHash, contentOf(row, seq));
    const chained = { ...row, seq, prevHash, hash };
    prevHash = hash;
    return chained;
  });
};

export interface BrokenChain {
  readonly seq: bigint;
  readonly message: string;
}

/** Compares where a chain was found to end with where its table's head says that it does. */
export type ChainEnd = (what: string, last: Head) => Promise<BrokenChain | null>;

export const endOfChain =
  (db: Database, chain: 'AuditEntry' | 'UsageFact' | 'UsageInterval' | 'Rate' | 'Statement'): ChainEnd =>
  async (what, last) => {
    const head = await db.chainHead.findUnique({ where: { chain } });
    const seq = head?.seq ?? 0n;
    if (seq > last.seq) return { seq: last.seq + 1n, message: `${what} ${last.seq + 1n} is missing.` };
    if (seq < last.seq) return { seq: seq + 1n, message: `${what} ${seq + 1n} was put in.` };
    if (head !== null && head.hash !== last.hash)
      return { seq, message: `${what} ${seq} is not the one that was written.` };
    return null;
  };

/**
 * Walks along a chain that is read in batches. Resolves with its last row's place, or with the first row that was
 * changed, taken out or put in.
 */
export const walkChain = async <T>(
  what: string,
  read: (after: bigint) => Promise<readonly (T & Chained)[]>,
  contentOf: (row: T, seq: bigint) => object,
  end: ChainEnd,
): Promise<{ readonly last: Head; readonly broken: BrokenChain | null }> => {
  let last: Head = { seq: 0n, hash: CHAIN_GENESIS };
  for (;;) {
    const batch = await read(last.seq);
    if (batch.length === 0) return { last, broken: await end(what, last) };
    for (const row of batch) {
      const wanted = last.seq + 1n;
      const fault =
        row.seq !== wanted
          ? `${what} ${wanted} is missing.`
          : row.prevHash !== last.hash
            ? `${what} ${row.seq} does not follow the one before it.`
            : chainHash(last.hash, contentOf(row, row.seq)) !== row.hash
              ? `${what} ${row.seq} was changed.`
              : null;
      if (fault !== null) return { last, broken: { seq: wanted, message: fault } };
      last = { seq: row.seq, hash: row.hash };
    }
  }
};
