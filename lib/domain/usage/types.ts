import type { Shape } from '../shape';

/** What costs something by the hour. */
export const USAGE_RESOURCES = ['vm', 'volume', 'vip'] as const;
export type UsageResource = (typeof USAGE_RESOURCES)[number];

/**
 * As what it is charged: a VM that serves; one that runs beside the one it takes over from; one kept ready; a data
 * volume; a virtual address.
 */
export const TIERS = ['service', 'overlap', 'spare', 'volume', 'vip'] as const;
export type Tier = (typeof TIERS)[number];

/** What is charged and to whom. A volume has its size as its disk; a VIP has no shape. */
export interface UsageSubject {
  readonly name: string;
  readonly tier: Tier;
  readonly clusterId: string;
  readonly clusterName: string;
  readonly costCentre: string;
  readonly site: string;
  readonly host: string;
  readonly shape: Shape;
}

/** Who had it begin, change or end, by which operation, and why. */
export interface Because {
  readonly operationId: string | null;
  readonly actor: string;
  readonly reason: string;
}

interface FactOf {
  /** Made of what the fact says: a report that comes twice is one fact. */
  readonly id: string;
  readonly runId: string;
  readonly resource: UsageResource;
  readonly resourceId: string;
  /** From when on it counts: when it happened, or where the ledger ended by then if it was reported late. */
  readonly atMs: number;
  /** When it happened, as the hypervisor reports it. */
  readonly reportedMs: number;
  readonly because: Because;
}

/** An entry of the lifecycle log. A run is one life of a thing: of a VM, one process. */
export type UsageFact = FactOf &
  (
    | { readonly kind: 'started' | 'changed'; readonly subject: UsageSubject }
    | { readonly kind: 'ended'; readonly subject: null }
  );

/** A stretch of a run in which nothing about it changed, within one month. */
export interface UsageInterval {
  readonly id: string;
  readonly runId: string;
  readonly resource: UsageResource;
  readonly resourceId: string;
  readonly startMs: number;
  readonly endMs: number;
  readonly runStartMs: number;
  /** Whether the thing ended with it; else it changed, or the month ended. */
  readonly endsRun: boolean;
  readonly subject: UsageSubject;
  readonly because: Because;
  readonly endBecause: Because;
}

/** The stretch of a run that still goes on. */
export interface OpenUsage {
  readonly runId: string;
  readonly resource: UsageResource;
  readonly resourceId: string;
  readonly startMs: number;
  readonly runStartMs: number;
  readonly subject: UsageSubject;
  readonly because: Because;
}

/** `vm.abc.1764547200000`: a thing never begins twice in one millisecond. */
export const runIdOf = (resource: UsageResource, resourceId: string, startedAtMs: number): string =>
  `${resource}.${resourceId}.${startedAtMs}`;
