import type { MetricName, PolicyView } from '@/lib/domain/contract';
import { isShareMetric } from '@/lib/domain/metrics';
import type { RuleKind } from '@/lib/domain/policy/schema';
import type { MetricScope, PolicyMode, Weekday } from '@/lib/domain/policy/words';

/** Sizes as they are typed: NaN where a field is empty, which leaves it as it is. */
export interface SizeDraft {
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryMiB: number;
}

export interface LimitDraft {
  readonly on: boolean;
  readonly limit: number;
  readonly forSeconds: number;
  readonly step: SizeDraft;
}

export interface EntryDraft {
  readonly key: string;
  readonly name: string;
  readonly priority: number;
  readonly size: SizeDraft;
  readonly when: 'months' | 'dates' | 'weekly';
  readonly months: readonly number[];
  readonly fromDate: string;
  readonly toDate: string;
  readonly yearly: boolean;
  readonly days: readonly Weekday[];
  readonly fromTime: string;
  readonly toTime: string;
}

/** Everything that the editor holds: fields of all kinds, so that nothing is lost when one looks at another kind. */
export interface PolicyDraft {
  readonly name: string;
  readonly cluster: string;
  readonly mode: PolicyMode;
  readonly kind: RuleKind;
  readonly metric: MetricName;
  readonly of: MetricScope;
  readonly up: LimitDraft;
  readonly down: LimitDraft;
  readonly value: number;
  readonly tolerancePercent: number;
  readonly windowSeconds: number;
  readonly adjust: keyof SizeDraft;
  readonly zone: string;
  readonly base: SizeDraft;
  readonly entries: readonly EntryDraft[];
  readonly forecastMetric: 'cpu' | 'requestsPerSecond' | 'connections';
  readonly season: 'day' | 'week';
  readonly leadMinutes: number;
  readonly forecastLimit: number;
  readonly halfLifeHours: number;
  readonly marginPercent: number;
  readonly historyHours: number;
  readonly server: string;
  readonly promql: string;
  readonly nodesMin: number;
  readonly nodesMax: number;
  readonly vcpusMin: number;
  readonly vcpusMax: number;
  readonly memoryMiBMin: number;
  readonly memoryMiBMax: number;
  readonly vmsMax: number;
  readonly costPerMonthMax: number;
  readonly cooldownUpSeconds: number;
  readonly cooldownDownSeconds: number;
  readonly flapsPerDay: number;
  readonly quiet: boolean;
  readonly quietZone: string;
  readonly quietFrom: string;
  readonly quietTo: string;
  readonly quietAllow: 'nothing' | 'growth';
  readonly persons: number;
  readonly automaticUpTo: number;
  readonly expiresMinutes: number;
}

const HOUR_MS = 3_600_000;
const NO_SIZE: SizeDraft = { nodes: Number.NaN, vcpus: Number.NaN, memoryMiB: Number.NaN };
const WORKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri'];

export const newEntry = (key: string): EntryDraft => ({
  key,
  name: '',
  priority: 0,
  size: { ...NO_SIZE, nodes: 3 },
  when: 'weekly',
  months: [],
  fromDate: '',
  toDate: '',
  yearly: true,
  days: WORKDAYS,
  fromTime: '08:00',
  toTime: '18:00',
});

export const newDraft = (cluster: string, zone: string): PolicyDraft => ({
  name: '',
  cluster,
  mode: 'observe',
  kind: 'threshold',
  metric: 'cpu',
  of: 'cluster',
  up: { on: true, limit: 75, forSeconds: 60, step: { ...NO_SIZE, nodes: 1 } },
  down: { on: true, limit: 25, forSeconds: 300, step: { ...NO_SIZE, nodes: 1 } },
  value: 50,
  tolerancePercent: 10,
  windowSeconds: 60,
  adjust: 'nodes',
  zone,
  base: { ...NO_SIZE, nodes: 2 },
  entries: [{ ...newEntry('1'), name: 'office hours' }],
  forecastMetric: 'requestsPerSecond',
  season: 'day',
  leadMinutes: 10,
  forecastLimit: 100,
  halfLifeHours: 24,
  marginPercent: 15,
  historyHours: 24,
  server: 'http://localhost:9090',
  promql: '',
  nodesMin: 1,
  nodesMax: 8,
  vcpusMin: 1,
  vcpusMax: 8,
  memoryMiBMin: 256,
  memoryMiBMax: 16_384,
  vmsMax: Number.NaN,
  costPerMonthMax: Number.NaN,
  cooldownUpSeconds: 60,
  cooldownDownSeconds: 300,
  flapsPerDay: 6,
  quiet: false,
  quietZone: zone,
  quietFrom: '22:00',
  quietTo: '06:00',
  quietAllow: 'growth',
  persons: 1,
  automaticUpTo: Number.NaN,
  expiresMinutes: 60,
});

/** Shares are typed in per cent. */
export const factorOf = (metric: MetricName): number => (isShareMetric(metric) ? 100 : 1);
const fromTyped = (value: number, metric: MetricName): number => Number((value / factorOf(metric)).toPrecision(12));
const toTyped = (value: number, metric: MetricName): number => Number((value * factorOf(metric)).toPrecision(12));

const known = (value: number): number | undefined => (Number.isNaN(value) ? undefined : value);
/** Money is sent as a decimal string. */
const toAmount = (value: number): string | undefined => (Number.isNaN(value) ? undefined : value.toFixed(2));
const fromAmount = (amount: string | undefined): number => (amount === undefined ? Number.NaN : Number(amount));
const toSize = ({ nodes, vcpus, memoryMiB }: SizeDraft) => ({
  nodes: known(nodes),
  vcpus: known(vcpus),
  memoryMiB: known(memoryMiB),
});
const fromSize = (size: {
  nodes?: number | undefined;
  vcpus?: number | undefined;
  memoryMiB?: number | undefined;
}) => ({
  nodes: size.nodes ?? Number.NaN,
  vcpus: size.vcpus ?? Number.NaN,
  memoryMiB: size.memoryMiB ?? Number.NaN,
});

const toLimits = ({ up, down }: PolicyDraft, metric: MetricName | null) => {
  const limit = (typed: number): number => (metric === null ? typed : fromTyped(typed, metric));
  return {
    up: up.on ? { above: limit(up.limit), forMs: up.forSeconds * 1_000, step: toSize(up.step) } : undefined,
    down: down.on ? { below: limit(down.limit), forMs: down.forSeconds * 1_000, step: toSize(down.step) } : undefined,
  };
};

const toWhen = (entry: EntryDraft): object => {
  switch (entry.when) {
    case 'months':
      return { kind: 'months', months: entry.months };
    case 'dates':
      return { kind: 'dates', from: entry.fromDate, to: entry.toDate, yearly: entry.yearly };
    case 'weekly':
      return { kind: 'weekly', days: entry.days, from: entry.fromTime, to: entry.toTime };
    default: {
      const unknown: never = entry.when;
      throw new Error(`unknown kind of entry ${String(unknown)}`);
    }
  }
};

const toRule = (draft: PolicyDraft): object => {
  const { kind, metric, of } = draft;
  switch (kind) {
    case 'threshold':
      return { kind, metric, of, ...toLimits(draft, metric) };
    case 'target':
      return {
        kind,
        metric,
        of,
        value: fromTyped(draft.value, metric),
        tolerance: draft.tolerancePercent / 100,
        windowMs: draft.windowSeconds * 1_000,
        adjust: draft.adjust,
      };
    case 'calendar':
      return {
        kind,
        zone: draft.zone,
        base: toSize(draft.base),
        entries: draft.entries.map((entry) => ({
          name: entry.name,
          priority: entry.priority,
          size: toSize(entry.size),
          when: toWhen(entry),
        })),
      };
    case 'predictive':
      return {
        kind,
        metric: draft.forecastMetric,
        season: draft.season,
        leadMs: draft.leadMinutes * 60_000,
        limit: fromTyped(draft.forecastLimit, draft.forecastMetric),
      };
    case 'rightsizing':
      return {
        kind,
        halfLifeMs: draft.halfLifeHours * HOUR_MS,
        margin: draft.marginPercent / 100,
        historyMs: draft.historyHours * HOUR_MS,
      };
    case 'query':
      return { kind, server: draft.server, promql: draft.promql, ...toLimits(draft, null) };
    default: {
      const unknown: never = kind;
      throw new Error(`unknown kind of rule ${String(unknown)}`);
    }
  }
};

/** What the editor holds as the API takes it; whether it is right the schema says. */
export const toInput = (draft: PolicyDraft): object => ({
  name: draft.name,
  cluster: draft.cluster,
  mode: draft.mode,
  rule: toRule(draft),
  bounds: {
    nodesMin: draft.nodesMin,
    nodesMax: draft.nodesMax,
    vcpusMin: draft.vcpusMin,
    vcpusMax: draft.vcpusMax,
    memoryMiBMin: draft.memoryMiBMin,
    memoryMiBMax: draft.memoryMiBMax,
    vmsMax: known(draft.vmsMax),
    costPerMonthMax: toAmount(draft.costPerMonthMax),
    cooldownUpMs: draft.cooldownUpSeconds * 1_000,
    cooldownDownMs: draft.cooldownDownSeconds * 1_000,
    flapsPerDay: draft.flapsPerDay,
    quietHours: draft.quiet
      ? { zone: draft.quietZone, from: draft.quietFrom, to: draft.quietTo, allow: draft.quietAllow }
      : undefined,
  },
  approval: {
    persons: draft.persons,
    expiresAfterMs: draft.expiresMinutes * 60_000,
    automaticUpTo: toAmount(draft.automaticUpTo),
  },
});

const ruleDraft = (base: PolicyDraft, { rule }: PolicyView): Partial<PolicyDraft> => {
  const limitsOf = (limits: Extract<typeof rule, { kind: 'threshold' | 'query' }>, metric: MetricName | null) => {
    const typed = (value: number): number => (metric === null ? value : toTyped(value, metric));
    const { up, down } = limits;
    const off = (limit: LimitDraft): LimitDraft => ({ ...limit, on: false });
    return {
      up:
        up === undefined
          ? off(base.up)
          : { on: true, limit: typed(up.above), forSeconds: up.forMs / 1_000, step: fromSize(up.step) },
      down:
        down === undefined
          ? off(base.down)
          : { on: true, limit: typed(down.below), forSeconds: down.forMs / 1_000, step: fromSize(down.step) },
    };
  };
  switch (rule.kind) {
    case 'threshold':
      return { metric: rule.metric, of: rule.of, ...limitsOf(rule, rule.metric) };
    case 'target':
      return {
        metric: rule.metric,
        of: rule.of,
        value: toTyped(rule.value, rule.metric),
        tolerancePercent: Math.round(rule.tolerance * 100),
        windowSeconds: rule.windowMs / 1_000,
        adjust: rule.adjust,
      };
    case 'calendar':
      return {
        zone: rule.zone,
        base: fromSize(rule.base),
        entries: rule.entries.map(({ name, priority, size, when }, i) => {
          const entry = { ...newEntry(String(i + 1)), name, priority, size: fromSize(size), when: when.kind };
          switch (when.kind) {
            case 'months':
              return { ...entry, months: when.months };
            case 'dates':
              return { ...entry, fromDate: when.from, toDate: when.to, yearly: when.yearly };
            case 'weekly':
              return { ...entry, days: when.days, fromTime: when.from, toTime: when.to };
            default: {
              const unknown: never = when;
              throw new Error(`unknown kind of entry ${JSON.stringify(unknown)}`);
            }
          }
        }),
      };
    case 'predictive':
      return {
        forecastMetric: rule.metric,
        season: rule.season,
        leadMinutes: rule.leadMs / 60_000,
        forecastLimit: toTyped(rule.limit, rule.metric),
      };
    case 'rightsizing':
      return {
        halfLifeHours: rule.halfLifeMs / HOUR_MS,
        marginPercent: Math.round(rule.margin * 100),
        historyHours: rule.historyMs / HOUR_MS,
      };
    case 'query':
      return { server: rule.server, promql: rule.promql, ...limitsOf(rule, null) };
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

/** A policy as the editor shows it. */
export const draftOf = (policy: PolicyView): PolicyDraft => {
  const { bounds, approval } = policy;
  const quiet = bounds.quietHours;
  const base = newDraft(policy.cluster.name, quiet?.zone ?? 'UTC');
  return {
    ...base,
    name: policy.name,
    mode: policy.mode,
    kind: policy.rule.kind,
    ...ruleDraft(base, policy),
    nodesMin: bounds.nodesMin,
    nodesMax: bounds.nodesMax,
    vcpusMin: bounds.vcpusMin,
    vcpusMax: bounds.vcpusMax,
    memoryMiBMin: bounds.memoryMiBMin,
    memoryMiBMax: bounds.memoryMiBMax,
    vmsMax: bounds.vmsMax ?? Number.NaN,
    costPerMonthMax: fromAmount(bounds.costPerMonthMax),
    cooldownUpSeconds: bounds.cooldownUpMs / 1_000,
    cooldownDownSeconds: bounds.cooldownDownMs / 1_000,
    flapsPerDay: bounds.flapsPerDay,
    ...(quiet === undefined ? {} : { quiet: true, quietFrom: quiet.from, quietTo: quiet.to, quietAllow: quiet.allow }),
    persons: approval.persons,
    automaticUpTo: fromAmount(approval.automaticUpTo),
    expiresMinutes: approval.expiresAfterMs / 60_000,
  };
};
