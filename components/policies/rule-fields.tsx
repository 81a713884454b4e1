'use client';

import { useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { isShareMetric, METRICS, type MetricName } from '@/lib/domain/metrics';
import type { MetricScope } from '@/lib/domain/policy/words';
import type { LimitDraft, PolicyDraft } from './draft';
import { ChoiceField, type ErrorOf, NumberField, type PartProps, SizeFields, TextField } from './fields';

const METRIC_LABELS: Readonly<Record<MetricName, string>> = {
  cpu: 'CPU',
  memory: 'Memory',
  requestsPerSecond: 'Requests per second',
  latencyP50Ms: 'Latency p50',
  latencyP99Ms: 'Latency p99',
  errorsPerSecond: 'Errors per second',
  connections: 'Connections',
};

const SCOPE_OPTIONS: readonly { readonly value: MetricScope; readonly label: string; readonly description: string }[] =
  [
    { value: 'cluster', label: 'Cluster', description: 'As a whole: shares of all of it, sums of requests' },
    { value: 'node-mean', label: 'Node, mean', description: 'The mean of its nodes' },
    { value: 'node-max', label: 'Busiest node', description: 'The node that has most' },
  ];

export const unitOf = (metric: MetricName): string => {
  if (isShareMetric(metric)) return '%';
  if (metric === 'latencyP50Ms' || metric === 'latencyP99Ms') return 'ms';
  return metric === 'connections' ? '' : '/s';
};

const MetricFields = ({ draft, change, errorOf }: PartProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <ChoiceField
      label="Metric"
      value={draft.metric}
      onChange={(metric) => change({ metric })}
      options={METRICS.map((value) => ({ value, label: METRIC_LABELS[value] }))}
      error={errorOf('rule.metric')}
    />
    <ChoiceField
      label="Of"
      value={draft.of}
      onChange={(of) => change({ of })}
      options={SCOPE_OPTIONS}
      error={errorOf('rule.of')}
    />
  </div>
);

interface LimitFieldsProps {
  readonly side: 'up' | 'down';
  readonly value: LimitDraft;
  readonly onChange: (value: LimitDraft) => void;
  readonly unit: string;
  readonly errorOf: ErrorOf;
}

const LIMIT_TEXT = {
  up: { title: 'Grow', limit: 'Above', path: 'above', step: 'By how much more' },
  down: { title: 'Shrink', limit: 'Below', path: 'below', step: 'By how much less' },
} as const;

const LimitFields = ({ side, value, onChange, unit, errorOf }: LimitFieldsProps) => {
  const id = useId();
  const text = LIMIT_TEXT[side];
  const path = `rule.${side}`;
  return (
    <div className="flex flex-col gap-3 rounded-md border p-3">
      <div className="flex items-center gap-2">
        <Checkbox id={id} checked={value.on} onCheckedChange={(on) => onChange({ ...value, on })} />
        <Label htmlFor={id}>{text.title}</Label>
        {errorOf(path) !== undefined && <span className="text-bad text-xs">{errorOf(path)}</span>}
      </div>
      {value.on && (
        <>
          <div className="grid gap-3 sm:grid-cols-2">
            <NumberField
              label={text.limit}
              unit={unit}
              step="any"
              value={value.limit}
              onChange={(limit) => onChange({ ...value, limit })}
              error={errorOf(`${path}.${text.path}`)}
            />
            <NumberField
              label="For"
              unit="s"
              min={0}
              value={value.forSeconds}
              onChange={(forSeconds) => onChange({ ...value, forSeconds })}
              error={errorOf(`${path}.forMs`)}
            />
          </div>
          <SizeFields
            legend={text.step}
            value={value.step}
            onChange={(step) => onChange({ ...value, step })}
            path={`${path}.step`}
            errorOf={errorOf}
          />
        </>
      )}
    </div>
  );
};

const Limits = ({ draft, change, errorOf, unit }: PartProps & { readonly unit: string }) => (
  <>
    <LimitFields side="up" value={draft.up} onChange={(up) => change({ up })} unit={unit} errorOf={errorOf} />
    <LimitFields side="down" value={draft.down} onChange={(down) => change({ down })} unit={unit} errorOf={errorOf} />
  </>
);

export const ThresholdFields = (props: PartProps) => (
  <>
    <MetricFields {...props} />
    <Limits {...props} unit={unitOf(props.draft.metric)} />
  </>
);

export const QueryFields = (props: PartProps) => {
  const { draft, change, errorOf } = props;
  return (
    <>
      <TextField
        label="Prometheus server"
        type="url"
        value={draft.server}
        onChange={(server) => change({ server })}
        hint="Asked by the orchestrator, not by this browser."
        error={errorOf('rule.server')}
      />
      <TextField
        label="PromQL"
        value={draft.promql}
        onChange={(promql) => change({ promql })}
        hint="An expression with one series as its result."
        error={errorOf('rule.promql')}
      />
      <Limits {...props} unit="" />
    </>
  );
};

const ADJUST: readonly { readonly value: PolicyDraft['adjust']; readonly label: string }[] = [
  { value: 'nodes', label: 'Number of nodes' },
  { value: 'vcpus', label: 'vCPU of each node' },
  { value: 'memoryMiB', label: 'Memory of each node' },
];

export const TargetFields = (props: PartProps) => {
  const { draft, change, errorOf } = props;
  return (
    <>
      <MetricFields {...props} />
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          label="Keep it at"
          unit={unitOf(draft.metric)}
          step="any"
          value={draft.value}
          onChange={(value) => change({ value })}
          error={errorOf('rule.value')}
        />
        <ChoiceField
          label="By changing the"
          value={draft.adjust}
          onChange={(adjust) => change({ adjust })}
          options={ADJUST}
        />
        <NumberField
          label="Leave differences up to"
          unit="%"
          min={0}
          max={100}
          value={draft.tolerancePercent}
          onChange={(tolerancePercent) => change({ tolerancePercent })}
          error={errorOf('rule.tolerance')}
        />
        <NumberField
          label="Mean over"
          unit="s"
          min={1}
          value={draft.windowSeconds}
          onChange={(windowSeconds) => change({ windowSeconds })}
          error={errorOf('rule.windowMs')}
        />
      </div>
    </>
  );
};

export const PredictiveFields = ({ draft, change, errorOf }: PartProps) => (
  <>
    <div className="grid gap-4 sm:grid-cols-2">
      <ChoiceField
        label="Metric"
        value={draft.forecastMetric}
        onChange={(forecastMetric) => change({ forecastMetric })}
        options={[
          { value: 'requestsPerSecond', label: METRIC_LABELS.requestsPerSecond },
          { value: 'cpu', label: METRIC_LABELS.cpu },
          { value: 'connections', label: METRIC_LABELS.connections },
        ]}
      />
      <NumberField
        label="At most, per node"
        unit={unitOf(draft.forecastMetric)}
        step="any"
        value={draft.forecastLimit}
        onChange={(forecastLimit) => change({ forecastLimit })}
        error={errorOf('rule.limit')}
      />
      <ChoiceField
        label="Repeats every"
        value={draft.season}
        onChange={(season) => change({ season })}
        options={[
          { value: 'day', label: 'Day' },
          { value: 'week', label: 'Week' },
        ]}
      />
      <NumberField
        label="Looks ahead"
        unit="min"
        min={1}
        value={draft.leadMinutes}
        onChange={(leadMinutes) => change({ leadMinutes })}
        error={errorOf('rule.leadMs')}
      />
    </div>
    <p className="text-fg-3 text-xs">
      Needs two seasons of history. A forecast only grows a cluster; let another policy shrink it.
    </p>
  </>
);

export const RightsizingFields = ({ draft, change, errorOf }: PartProps) => (
  <>
    <div className="grid gap-4 sm:grid-cols-3">
      <NumberField
        label="Kept free"
        unit="%"
        min={0}
        value={draft.marginPercent}
        onChange={(marginPercent) => change({ marginPercent })}
        error={errorOf('rule.margin')}
      />
      <NumberField
        label="Half-life"
        unit="h"
        min={1}
        value={draft.halfLifeHours}
        onChange={(halfLifeHours) => change({ halfLifeHours })}
        error={errorOf('rule.halfLifeMs')}
      />
      <NumberField
        label="History needed"
        unit="h"
        step="any"
        value={draft.historyHours}
        onChange={(historyHours) => change({ historyHours })}
        error={errorOf('rule.historyMs')}
      />
    </div>
    <p className="text-fg-3 text-xs">
      The vCPU and memory of a node follow the 90th percentile of what nodes used. Nothing is changed while the present
      shape lies between what half the time needs and what the busiest times need.
    </p>
  </>
);
