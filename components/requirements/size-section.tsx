'use client';

import { MemoryInput, SpreadInput } from '@/components/clusters/size-inputs';
import { formatMemory } from '@/components/states/shape-text';
import { Field } from '@/components/ui/field';
import { NumberSlider } from '@/components/ui/number-slider';
import { NODES_MAX, SPARES_MAX } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import type { SectionProps } from './change-request';

/** "now 2", while it is to be another. */
const nowText = (wanted: number, now: number, text: string): string | undefined =>
  wanted === now ? undefined : `Now ${text}.`;

/** How much of what: dragged or typed, each beside what it is now. */
export const SizeSection = ({ cluster, form, errors, change }: SectionProps) => {
  const { requirements } = cluster;
  const { shape } = requirements;
  return (
    <>
      <div className="grid gap-x-8 gap-y-4 md:grid-cols-2">
        <Field
          label="Nodes"
          error={errors.nodes}
          hint={nowText(form.nodes, requirements.nodes, `${requirements.nodes}`)}
        >
          {(control) => (
            <NumberSlider
              control={control}
              label="Nodes"
              value={form.nodes}
              onChange={(nodes) => change({ nodes })}
              min={1}
              max={NODES_MAX}
            />
          )}
        </Field>
        <Field
          label="Spares"
          error={errors.spares}
          hint={nowText(form.spares, requirements.spares, `${requirements.spares}`)}
        >
          {(control) => (
            <NumberSlider
              control={control}
              label="Spares"
              value={form.spares}
              onChange={(spares) => change({ spares })}
              min={0}
              max={SPARES_MAX}
            />
          )}
        </Field>
        <Field label="vCPUs" error={errors.vcpus} hint={nowText(form.vcpus, shape.vcpus, `${shape.vcpus}`)}>
          {(control) => (
            <NumberSlider
              control={control}
              label="vCPUs"
              value={form.vcpus}
              onChange={(vcpus) => change({ vcpus })}
              min={SHAPE_LIMITS.vcpusMin}
              max={SHAPE_LIMITS.vcpusMax}
            />
          )}
        </Field>
        <Field
          label="Memory"
          error={errors.memoryMiB}
          hint={nowText(form.memoryMiB, shape.memoryMiB, formatMemory(shape.memoryMiB))}
        >
          {(control) => (
            <MemoryInput
              control={control}
              label="Memory"
              value={form.memoryMiB}
              onChange={(memoryMiB) => change({ memoryMiB })}
            />
          )}
        </Field>
      </div>
      <SpreadInput value={form.spread} onChange={(spread) => change({ spread })} />
    </>
  );
};
