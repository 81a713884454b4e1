'use client';

import { useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { NODES_MAX } from '@/lib/domain/requirements';
import { SHAPE_LIMITS as L } from '@/lib/domain/shape';
import { ChoiceField, NumberField, type PartProps, TextField } from './fields';

const Range = ({ children }: { readonly children: React.ReactNode }) => (
  <div className="grid grid-cols-2 gap-4">{children}</div>
);

const QuietHours = ({ draft, change, errorOf }: PartProps) => {
  const id = useId();
  return (
    <div className="flex flex-col gap-3 rounded-md border p-3">
      <div className="flex items-center gap-2">
        <Checkbox id={id} checked={draft.quiet} onCheckedChange={(quiet) => change({ quiet })} />
        <Label htmlFor={id}>Quiet hours, every day</Label>
      </div>
      {draft.quiet && (
        <div className="grid gap-3 sm:grid-cols-2">
          <TextField
            label="From"
            type="time"
            value={draft.quietFrom}
            onChange={(quietFrom) => change({ quietFrom })}
            error={errorOf('bounds.quietHours.from')}
          />
          <TextField
            label="To"
            type="time"
            value={draft.quietTo}
            onChange={(quietTo) => change({ quietTo })}
            error={errorOf('bounds.quietHours.to')}
          />
          <TextField
            label="Time zone"
            value={draft.quietZone}
            onChange={(quietZone) => change({ quietZone })}
            error={errorOf('bounds.quietHours.zone')}
          />
          <ChoiceField
            label="Allowed meanwhile"
            value={draft.quietAllow}
            onChange={(quietAllow) => change({ quietAllow })}
            options={[
              { value: 'growth', label: 'Growth' },
              { value: 'nothing', label: 'Nothing' },
            ]}
          />
        </div>
      )}
    </div>
  );
};

/** How far and how often a policy may go. */
export const BoundsFields = (props: PartProps) => {
  const { draft, change, errorOf } = props;
  return (
    <>
      <Range>
        <NumberField
          label="Nodes, at least"
          min={1}
          max={NODES_MAX}
          value={draft.nodesMin}
          onChange={(nodesMin) => change({ nodesMin })}
          error={errorOf('bounds.nodesMin')}
        />
        <NumberField
          label="Nodes, at most"
          min={1}
          max={NODES_MAX}
          value={draft.nodesMax}
          onChange={(nodesMax) => change({ nodesMax })}
          error={errorOf('bounds.nodesMax')}
        />
        <NumberField
          label="Cool-down before growing"
          unit="s"
          min={0}
          value={draft.cooldownUpSeconds}
          onChange={(cooldownUpSeconds) => change({ cooldownUpSeconds })}
          error={errorOf('bounds.cooldownUpMs')}
        />
        <NumberField
          label="Cool-down before shrinking"
          unit="s"
          min={0}
          value={draft.cooldownDownSeconds}
          onChange={(cooldownDownSeconds) => change({ cooldownDownSeconds })}
          error={errorOf('bounds.cooldownDownMs')}
        />
      </Range>
      <details>
        <summary className="cursor-pointer rounded-sm text-fg-2 text-sm hover:text-fg">More bounds</summary>
        <div className="mt-3 flex flex-col gap-4">
          <Range>
            <NumberField
              label="vCPU of a node, at least"
              min={L.vcpusMin}
              max={L.vcpusMax}
              value={draft.vcpusMin}
              onChange={(vcpusMin) => change({ vcpusMin })}
              error={errorOf('bounds.vcpusMin')}
            />
            <NumberField
              label="vCPU of a node, at most"
              min={L.vcpusMin}
              max={L.vcpusMax}
              value={draft.vcpusMax}
              onChange={(vcpusMax) => change({ vcpusMax })}
              error={errorOf('bounds.vcpusMax')}
            />
            <NumberField
              label="Memory of a node, at least"
              unit="MiB"
              step={L.memoryMiBStep}
              value={draft.memoryMiBMin}
              onChange={(memoryMiBMin) => change({ memoryMiBMin })}
              error={errorOf('bounds.memoryMiBMin')}
            />
            <NumberField
              label="Memory of a node, at most"
              unit="MiB"
              step={L.memoryMiBStep}
              value={draft.memoryMiBMax}
              onChange={(memoryMiBMax) => change({ memoryMiBMax })}
              error={errorOf('bounds.memoryMiBMax')}
            />
            <NumberField
              label="VMs, at most"
              optional
              min={1}
              value={draft.vmsMax}
              onChange={(vmsMax) => change({ vmsMax })}
              hint="In every state, spares included, also while old and new run together."
              error={errorOf('bounds.vmsMax')}
            />
            <NumberField
              label="Cost per month, at most"
              optional
              min={0}
              step="any"
              value={draft.costPerMonthMax}
              onChange={(costPerMonthMax) => change({ costPerMonthMax })}
              hint="By the rates in force; growth stops there."
              error={errorOf('bounds.costPerMonthMax')}
            />
            <NumberField
              label="Changes of direction a day"
              min={0}
              value={draft.flapsPerDay}
              onChange={(flapsPerDay) => change({ flapsPerDay })}
              hint="Then it only grows."
              error={errorOf('bounds.flapsPerDay')}
            />
          </Range>
          <QuietHours {...props} />
        </div>
      </details>
    </>
  );
};
