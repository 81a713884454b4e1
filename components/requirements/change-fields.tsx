'use client';

import { nodesOf, sparesOf } from '@/components/clusters/cluster-facts';
import { MemoryInput, SpreadInput } from '@/components/clusters/size-inputs';
import { formatMemory } from '@/components/states/shape-text';
import { Field } from '@/components/ui/field';
import { Input, NumberInput } from '@/components/ui/input';
import { Select } from '@/components/ui/select';
import type { ClusterView } from '@/lib/domain/contract';
import { FAILOVER_MODES, type FailoverMode, NODES_MAX, SPARES_MAX } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import { type ChangeForm, pairWith } from './change-request';

const MODE: Readonly<Record<FailoverMode, { readonly label: string; readonly description: string }>> = {
  cluster: { label: 'Cluster', description: 'Drain, hand the VIP over; nobody notices.' },
  shutdown: { label: 'Shutdown', description: 'Power the old VM down; health checks do the rest.' },
  move: { label: 'Move', description: 'Stop the application, hand its volume over, start it; requests wait.' },
};

const ANYWHERE = '*';
const PLANNER = '*';

export interface ChangeFieldsProps {
  readonly cluster: ClusterView;
  readonly sites: readonly string[];
  readonly form: ChangeForm;
  readonly errors: Readonly<Partial<Record<keyof ChangeForm, string>>>;
  readonly change: (part: Partial<ChangeForm>) => void;
}

const shown = (value: number): number | '' => (Number.isFinite(value) ? value : '');

const MemoryField = ({ form, errors, change }: ChangeFieldsProps) => {
  const { memoryMiB } = form;
  const known = Number.isFinite(memoryMiB) ? memoryMiB : SHAPE_LIMITS.memoryMiBMin;
  return (
    <Field
      label="Memory"
      error={errors.memoryMiB}
      hint={`${formatMemory(known)} for each node, in steps of ${SHAPE_LIMITS.memoryMiBStep} MiB.`}
    >
      {(control) => (
        <MemoryInput
          control={control}
          label="Memory"
          value={memoryMiB}
          onChange={(value) => change({ memoryMiB: value })}
        />
      )}
    </Field>
  );
};

const PairingFields = ({ cluster, form, errors, change }: ChangeFieldsProps) => {
  const nodes = nodesOf(cluster);
  const successors = [
    ...sparesOf(cluster).map(({ name, host }) => ({ value: name, label: name, description: `spare on ${host}` })),
    ...Array.from(
      { length: Number.isFinite(form.nodes) ? Math.max(0, Math.min(form.nodes, NODES_MAX)) : 0 },
      (_, i) => ({
        value: `new-${i + 1}`,
        label: `new-${i + 1}`,
      }),
    ),
  ];
  return (
    <details className="rounded-md border px-3 py-2" open={errors.pairing !== undefined || undefined}>
      <summary className="cursor-pointer rounded-sm font-medium text-fg text-xs">
        Pairing <span className="font-normal text-fg-3">who hands over to whom</span>
      </summary>
      <div className="mt-3 flex flex-col gap-3">
        {errors.pairing !== undefined && (
          <p role="alert" className="text-bad text-xs">
            {errors.pairing}
          </p>
        )}
        {nodes.map((node) => (
          <Field key={node.id} label={`${node.name} hands over to`}>
            {(control) => (
              <Select
                {...control}
                value={form.pairing.find((pair) => pair.from === node.name)?.to ?? PLANNER}
                onValueChange={(to) =>
                  change({ pairing: pairWith(form.pairing, node.name, to === PLANNER ? null : to) })
                }
                options={[{ value: PLANNER, label: 'As the planner proposes' }, ...successors]}
              />
            )}
          </Field>
        ))}
      </div>
    </details>
  );
};

/** Everything that a change may say, each beside what is wrong with it. */
export const ChangeFields = (props: ChangeFieldsProps) => {
  const { cluster, sites, form, errors, change } = props;
  return (
    <div className="flex flex-col gap-5">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Nodes" error={errors.nodes}>
          {(control) => (
            <NumberInput
              {...control}
              value={shown(form.nodes)}
              onChange={(event) => change({ nodes: event.target.valueAsNumber })}
              min={1}
              max={NODES_MAX}
            />
          )}
        </Field>
        <Field label="vCPUs" error={errors.vcpus}>
          {(control) => (
            <NumberInput
              {...control}
              value={shown(form.vcpus)}
              onChange={(event) => change({ vcpus: event.target.valueAsNumber })}
              min={SHAPE_LIMITS.vcpusMin}
              max={SHAPE_LIMITS.vcpusMax}
            />
          )}
        </Field>
        <Field label="Spares" error={errors.spares}>
          {(control) => (
            <NumberInput
              {...control}
              value={shown(form.spares)}
              onChange={(event) => change({ spares: event.target.valueAsNumber })}
              min={0}
              max={SPARES_MAX}
            />
          )}
        </Field>
      </div>
      <MemoryField {...props} />
      <SpreadInput value={form.spread} onChange={(spread) => change({ spread })} />
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Failover mode" error={errors.mode} hint={MODE[form.mode].description}>
          {(control) => (
            <Select
              {...control}
              value={form.mode}
              onValueChange={(value) => {
                const mode = FAILOVER_MODES.find((known) => known === value);
                if (mode !== undefined) change({ mode });
              }}
              options={FAILOVER_MODES.map((mode) => ({ value: mode, ...MODE[mode] }))}
            />
          )}
        </Field>
        <Field label="New nodes go to" error={errors.site}>
          {(control) => (
            <Select
              {...control}
              value={form.site ?? ANYWHERE}
              onValueChange={(site) => change({ site: site === ANYWHERE ? null : site })}
              options={[{ value: ANYWHERE, label: 'Any site' }, ...sites.map((site) => ({ value: site, label: site }))]}
            />
          )}
        </Field>
      </div>
      <PairingFields {...props} />
      <Field label="Reason" optional error={errors.reason} hint="Written to the audit trail and to the operation.">
        {(control) => (
          <Input
            {...control}
            value={form.reason}
            maxLength={400}
            onChange={(event) => change({ reason: event.target.value })}
          />
        )}
      </Field>
      {cluster.stateful && form.mode !== 'move' && (
        <p className="text-fg-3 text-xs">{cluster.name} keeps data on a volume, which only Move hands over.</p>
      )}
    </div>
  );
};
