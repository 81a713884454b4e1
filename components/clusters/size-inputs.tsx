'use client';

import { formatMemory } from '@/components/states/shape-text';
import type { FieldControl } from '@/components/ui/field';
import { NumberSlider } from '@/components/ui/number-slider';
import { Segmented } from '@/components/ui/segmented';
import type { Spread } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';

/** Larger nodes than this are typed, not dragged. */
const SLIDER_MEMORY_MIB_MAX = 4_096;

interface MemoryInputProps {
  readonly control: FieldControl;
  readonly label: string;
  /** NaN while it is being typed. */
  readonly value: number;
  readonly onChange: (memoryMiB: number) => void;
  readonly onBlur?: () => void;
}

/** Memory of a node, dragged or typed, in MiB. */
export const MemoryInput = (props: MemoryInputProps) => (
  <NumberSlider
    {...props}
    min={SHAPE_LIMITS.memoryMiBMin}
    max={SHAPE_LIMITS.memoryMiBMax}
    sliderMax={SLIDER_MEMORY_MIB_MAX}
    step={SHAPE_LIMITS.memoryMiBStep}
    unit="MiB"
    valueText={formatMemory}
  />
);

const SPREAD_OPTIONS = [
  { value: 'host', label: 'Hosts' },
  { value: 'site', label: 'Sites' },
  { value: 'none', label: 'Anywhere' },
] as const;

const SPREAD_HINT: Readonly<Record<Spread, string>> = {
  host: 'No two nodes on one host.',
  site: 'Nodes over as many sites as there are.',
  none: 'Wherever they fit best.',
};

interface SpreadInputProps {
  readonly value: Spread;
  readonly onChange: (spread: Spread) => void;
}

export const SpreadInput = ({ value, onChange }: SpreadInputProps) => (
  <div className="flex flex-col gap-1.5">
    <span className="font-medium text-fg text-xs">Spread over</span>
    <Segmented
      label="Spread over"
      value={value}
      onValueChange={onChange}
      options={SPREAD_OPTIONS}
      className="self-start"
    />
    <p className="text-fg-3 text-xs">{SPREAD_HINT[value]}</p>
  </div>
);
