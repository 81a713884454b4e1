import type { Transaction } from './context';

/** Advisory locks of one number space; each is held until the transaction ends. Taken in this order, never backwards. */
const LOCKS = {
  /** Placement, addresses, ports: whoever decides on shared capacity. */
  allocation: 0x4852_0001,
  /** Who administers: the first administrator, the last one. */
  people: 0x4852_0002,
  /** The chains of usage, rates and statements. */
  ledger: 0x4852_0004,
  /** The chain of audit entries; last, so that it is held shortest. */
  audit: 0x4852_0003,
} as const;

export const takeLock = async (tx: Transaction, lock: keyof typeof LOCKS): Promise<void> => {
  await tx.$executeRaw`select pg_advisory_xact_lock(${LOCKS[lock]}::bigint)`;
};
