import type { BacktestInput, BacktestRulesInput, BacktestView, MetricName } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { backtest, type MeasuredSize } from '@/lib/domain/policy/backtest/backtest';
import { parseTrace, type Trace } from '@/lib/domain/policy/backtest/trace';
import { toBacktestView } from '@/lib/domain/policy/backtest/view';
import type { MetricScope, PolicyRule, PolicyRules } from '@/lib/domain/policy/schema';
import { type Size, sizeOf } from '@/lib/domain/policy/size';
import { roleCan } from '@/lib/domain/role';
import { getClusterRow } from '../clusters/get-cluster';
import { toRequirements } from '../clusters/view';
import { authorise, type Database, type UseCaseContext } from '../context';
import { getPolicyRow } from './policies';
import { loadSizePrices } from './prices';
import { readSeries } from './series';
import { rulesOf } from './stored';

const DAY_MS = 86_400_000;
const SAMPLE_MS = 2_000;
/** Points that are read of stored metrics at most; a longer time is read in longer bins. */
const POINTS_MAX = 100_000;

/** The stored metric that a rule is replayed over. A calendar looks at none: requests show what it served. */
const metricFor = (rule: PolicyRule): { readonly metric: MetricName; readonly of: MetricScope } => {
  switch (rule.kind) {
    case 'threshold':
    case 'target':
      return { metric: rule.metric, of: rule.of };
    case 'rightsizing':
      return { metric: 'cpu', of: 'cluster' };
    case 'predictive':
      return { metric: rule.metric, of: 'cluster' };
    case 'calendar':
      return { metric: 'requestsPerSecond', of: 'cluster' };
    case 'query':
      throw new HeadroomError('impossible', 'What a query measures is not stored here: give its values as `csv`.');
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

const storedTrace = async (db: Database, clusterId: string, rule: PolicyRule, from: Date, to: Date): Promise<Trace> => {
  const lengthMs = to.getTime() - from.getTime();
  const binMs = Math.max(SAMPLE_MS, Math.ceil(lengthMs / POINTS_MAX / 1_000) * 1_000);
  const points = await readSeries(db, { clusterIds: [clusterId], ...metricFor(rule), from, to, binMs });
  if (points.length < 2) {
    throw new HeadroomError('impossible', 'Nothing was measured in that time: choose another, or give a `csv`.');
  }
  return {
    times: Float64Array.from(points, (point) => point.atMs),
    values: Float64Array.from(points, (point) => point.value ?? Number.NaN),
  };
};

const pastSizes = async (db: Database, clusterId: string): Promise<readonly MeasuredSize[]> => {
  const revisions = await db.requirementsRevision.findMany({ where: { clusterId }, orderBy: { generation: 'asc' } });
  return revisions.map((revision) => {
    const { nodes, shape } = toRequirements(revision);
    return { fromMs: revision.createdAt.getTime(), size: sizeOf(nodes, shape) };
  });
};

const windowOf = (input: Pick<BacktestInput, 'from' | 'to'>, now: Date): { readonly from: Date; readonly to: Date } => {
  const to = input.to === undefined ? now : new Date(input.to);
  const from = input.from === undefined ? new Date(to.getTime() - DAY_MS) : new Date(input.from);
  if (from < to) return { from, to };
  const message = 'The time must begin before it ends.';
  throw new HeadroomError('malformed', message, { details: { fields: [{ field: 'from', message }] } });
};

type Over = Omit<BacktestInput, 'rule' | 'bounds'>;

const replay = async (
  context: UseCaseContext,
  clusterId: string,
  rules: PolicyRules,
  input: Over,
): Promise<BacktestView> => {
  const { db } = context;
  const sizes = await pastSizes(db, clusterId);
  const { from, to } = windowOf(input, context.clock());
  const present = sizes.findLast(({ fromMs }) => fromMs <= from.getTime()) ?? sizes[0];
  if (present === undefined) throw new HeadroomError('internal', 'A cluster has no requirements.');
  const start: Size = input.start ?? present.size;
  const trace =
    input.csv === undefined ? await storedTrace(db, clusterId, rules.rule, from, to) : parseTrace(input.csv);
  const { capacityPerNode, changeMs } = input;
  const measured = input.csv === undefined ? sizes : [];
  const prices = (await loadSizePrices(db, [clusterId], context.clock())).get(clusterId) ?? null;
  const view = toBacktestView(backtest(rules, trace, { start, measured, capacityPerNode, changeMs, prices }));
  if (roleCan(context.actor.role, 'usage.read')) return view;
  // A cap on cost counts whoever looks; the figures are for those who may see money.
  return { ...view, summary: { ...view.summary, cost: null, currency: null } };
};

/**
 * Replays a policy, or a variant of it that is not stored, over stored metrics or a CSV. Changes nothing.
 * Throws `not_found`, `malformed`, and `impossible` when there is nothing to replay over.
 */
export const backtestPolicy = async (
  context: UseCaseContext,
  idOrName: string,
  input: BacktestInput,
): Promise<BacktestView> => {
  authorise(context, 'cluster.read');
  const policy = await getPolicyRow(context.db, idOrName);
  const { rule, bounds } = rulesOf(policy);
  return replay(context, policy.clusterId, { rule: input.rule ?? rule, bounds: input.bounds ?? bounds }, input);
};

/** The same for a policy that is not stored, such as one that is being written. Throws `not_found` for the cluster. */
export const backtestRules = async (context: UseCaseContext, input: BacktestRulesInput): Promise<BacktestView> => {
  authorise(context, 'cluster.read');
  const { cluster, rule, bounds, ...over } = input;
  const { id } = await getClusterRow(context.db, cluster);
  return replay(context, id, { rule, bounds }, over);
};
