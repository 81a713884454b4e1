import type { MetricName } from '../contract/metrics';
import { counted } from '../counted';
import { describeDuration } from '../duration';
import type { Decision, Hold, Trigger } from './decision';
import type { MetricScope, PolicyRule } from './schema';
import { describeSizeChange, type PartialSize } from './size';

const METRIC_WORDS: Readonly<Record<MetricName, { readonly name: string; readonly unit: string }>> = {
  cpu: { name: 'CPU', unit: '%' },
  memory: { name: 'memory', unit: '%' },
  requestsPerSecond: { name: 'requests', unit: '/s' },
  latencyP50Ms: { name: 'latency p50', unit: ' ms' },
  latencyP99Ms: { name: 'latency p99', unit: ' ms' },
  errorsPerSecond: { name: 'errors', unit: '/s' },
  connections: { name: 'connections', unit: '' },
};

const SCOPE_WORDS: Readonly<Record<MetricScope, string>> = {
  cluster: 'of the cluster',
  'node-mean': 'per node',
  'node-max': 'of the busiest node',
};

const rounded = (value: number): string => String(Number(value.toPrecision(3)));

/** "87 %", "120/s", "3.2 ms" */
export const describeMetric = (metric: MetricName | null, value: number): string => {
  if (metric === null) return rounded(value);
  const { unit } = METRIC_WORDS[metric];
  return unit === '%' ? `${rounded(value * 100)} %` : `${rounded(value)}${unit}`;
};

export const metricOf = (rule: PolicyRule): MetricName | null => ('metric' in rule ? rule.metric : null);

const subjectOf = (rule: PolicyRule): string => {
  switch (rule.kind) {
    case 'threshold':
    case 'target':
      return `${METRIC_WORDS[rule.metric].name} ${SCOPE_WORDS[rule.of]}`;
    case 'predictive':
      return `${METRIC_WORDS[rule.metric].name} expected`;
    case 'rightsizing':
      return 'what nodes use';
    case 'query':
      return 'the query';
    case 'calendar':
      return 'the calendar';
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

/** "1 node, 2 vCPU" */
const describeParts = ({ nodes, vcpus, memoryMiB }: PartialSize): string =>
  [
    nodes === undefined ? null : counted(nodes, 'node'),
    vcpus === undefined ? null : `${vcpus} vCPU`,
    memoryMiB === undefined ? null : `${memoryMiB} MiB`,
  ]
    .filter((part) => part !== null)
    .join(', ');

type Limits = Extract<PolicyRule, { kind: 'threshold' | 'query' }>;

const describeLimits = (rule: Limits): string => {
  const metric = metricOf(rule);
  const { up, down } = rule;
  return [
    up === undefined
      ? null
      : `above ${describeMetric(metric, up.above)} for ${describeDuration(up.forMs)}: ${describeParts(up.step)} more`,
    down === undefined
      ? null
      : `below ${describeMetric(metric, down.below)} for ${describeDuration(down.forMs)}: ${describeParts(down.step)} fewer`,
  ]
    .filter((part) => part !== null)
    .join('; ');
};

/** A rule in one line. */
export const describeRule = (rule: PolicyRule): string => {
  switch (rule.kind) {
    case 'threshold':
    case 'query':
      return `${subjectOf(rule)} ${describeLimits(rule)}`;
    case 'target':
      return `${subjectOf(rule)} at ${describeMetric(rule.metric, rule.value)} ± ${Math.round(rule.tolerance * 100)} %`;
    case 'calendar':
      return `${rule.entries.map(({ name, size }) => `${name}: ${describeParts(size)}`).join('; ')}; else ${describeParts(rule.base)} (${rule.zone})`;
    case 'rightsizing':
      return `vCPU and memory of a node by what it uses (90th percentile and ${Math.round(rule.margin * 100)} %, half-life ${describeDuration(rule.halfLifeMs)})`;
    case 'predictive':
      return `${subjectOf(rule)} within ${describeDuration(rule.leadMs)}, by the ${rule.season}, at most ${describeMetric(rule.metric, rule.limit)} per node`;
    default: {
      const unknown: never = rule;
      throw new Error(`unknown kind of rule ${JSON.stringify(unknown)}`);
    }
  }
};

const describeDemand = (rule: PolicyRule, demand: number): string =>
  metricOf(rule) === 'cpu' ? `${rounded(demand)} busy vCPU` : describeMetric(metricOf(rule), demand);

const describeNeed = ({
  vcpus,
  memoryMiB,
}: {
  readonly vcpus: number | null;
  readonly memoryMiB: number | null;
}): string =>
  [vcpus === null ? null : `${rounded(vcpus)} vCPU`, memoryMiB === null ? null : `${Math.round(memoryMiB)} MiB`]
    .filter((part) => part !== null)
    .join(' and ');

const because = (rule: PolicyRule, trigger: Trigger): string => {
  const metric = metricOf(rule);
  switch (trigger.code) {
    case 'above':
    case 'below':
      return `${subjectOf(rule)} is ${describeMetric(metric, trigger.value)}, ${trigger.code} ${describeMetric(metric, trigger.limit)} for ${describeDuration(trigger.forMs)}`;
    case 'off-target':
      return `${subjectOf(rule)} is ${describeMetric(metric, trigger.value)}, to be ${describeMetric(metric, trigger.target)}`;
    case 'calendar':
      return trigger.entry === null ? 'the calendar is back at its base' : `the calendar has ${trigger.entry}`;
    case 'usage':
      return `nodes need ${describeNeed(trigger)} by ${describeDuration(trigger.historyMs)} of history`;
    case 'forecast':
      return `${describeDemand(rule, trigger.peak)} expected at ${new Date(trigger.peakAtMs).toISOString()}, usual error ${Math.round(trigger.error * 100)} %`;
    default: {
      const unknown: never = trigger;
      throw new Error(`unknown trigger ${JSON.stringify(unknown)}`);
    }
  }
};

const holdWords = (rule: PolicyRule, hold: Hold, value: number | null): string => {
  const metric = metricOf(rule);
  const now = value === null ? '' : ` is ${describeMetric(metric, value)}`;
  switch (hold.code) {
    case 'no-data':
      return 'no data';
    case 'no-history':
      return rule.kind === 'rightsizing'
        ? `no data: it takes ${describeDuration(rule.historyMs)} of history`
        : 'no data: a forecast takes two seasons of history';
    case 'in-band':
      return `${subjectOf(rule)}${now}, where it should be`;
    case 'not-long-enough':
      return `${subjectOf(rule)}${now}, ${hold.side} ${describeMetric(metric, hold.limit)} for ${describeDuration(hold.sinceMs)} of ${describeDuration(hold.forMs)}`;
    case 'as-planned':
      return hold.entry === null ? 'the calendar is at its base' : `the calendar has ${hold.entry}, and so it is`;
    case 'forecast-fits':
      return `${describeDemand(rule, hold.peak)} expected, which fits; usual error ${Math.round(hold.error * 100)} %`;
    case 'fits':
      return `nodes need ${describeNeed(hold)}, which fits`;
    case 'at-bounds':
      return 'at the bounds of the policy';
    case 'vm-cap':
      return `there would be ${hold.peak} VMs, at most ${hold.cap} are allowed`;
    case 'budget-cap':
      return `it would cost ${hold.cost.toFixed(2)} ${hold.currency} per month, at most ${hold.cap.toFixed(2)} are allowed`;
    case 'no-rates':
      return 'no data: there are no rates to reckon the cap on cost by';
    case 'busy':
      return `an operation is under way (${hold.with})`;
    case 'quiet-hours':
      return `quiet hours for ${describeDuration(hold.leftMs)} more`;
    case 'cool-down':
      return `cool-down ${describeDuration(hold.leftMs)} left`;
    case 'flap-budget':
      return `${hold.used} changes of direction in 24 h, ${hold.allowed} are allowed`;
    case 'would-return':
      return `afterwards it would be ${describeMetric(metric, hold.value)}, above ${describeMetric(metric, hold.limit)}`;
    case 'other-policy':
      return `the policy ${hold.policy} needs the present size`;
    case 'declined':
      return `it was rejected, and is asked again in ${describeDuration(hold.leftMs)}`;
    case 'unanswered':
      return `nobody answered, and it is asked again in ${describeDuration(hold.leftMs)}`;
    case 'refused':
      return hold.message;
    default: {
      const unknown: never = hold;
      throw new Error(`unknown hold ${JSON.stringify(unknown)}`);
    }
  }
};

const sentence = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A decision in words: "CPU of the cluster is 87 %, above 80 % for 2 m: 2 → 3 nodes", "Did nothing: cool-down 3 m left". */
export const explain = (rule: PolicyRule, decision: Decision): string => {
  const { trigger, hold, from, to, wants, value } = decision;
  if (hold === null) {
    return sentence(`${trigger === null ? 'nothing to do' : because(rule, trigger)}: ${describeSizeChange(from, to)}`);
  }
  const why = holdWords(rule, hold, value);
  if (trigger === null) return `Did nothing: ${why}`;
  const change = describeSizeChange(from, wants);
  return `Did nothing: ${why}. (${sentence(because(rule, trigger))}${change === 'no change' ? '' : `; wants ${change}`}.)`;
};
