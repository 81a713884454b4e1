'use client';

import { Slider as RadixSlider } from 'radix-ui';
import { cn } from './cn';

interface SliderProps {
  readonly value: number;
  readonly onValueChange: (value: number) => void;
  readonly onValueCommit?: (value: number) => void;
  readonly min: number;
  readonly max: number;
  readonly step?: number;
  readonly disabled?: boolean;
  readonly className?: string;
  /** What it sets, for those who cannot see it. */
  readonly label: string;
  /** The value in words: "512 MiB". */
  readonly valueText?: string;
}

/** One value of a range. Arrow keys step, Home and End jump. */
export const Slider = ({
  value,
  onValueChange,
  onValueCommit,
  min,
  max,
  step = 1,
  disabled,
  className,
  label,
  valueText,
}: SliderProps) => (
  <RadixSlider.Root
    value={[value]}
    onValueChange={([next]) => next !== undefined && onValueChange(next)}
    onValueCommit={([next]) => next !== undefined && onValueCommit?.(next)}
    min={min}
    max={max}
    step={step}
    disabled={disabled ?? false}
    className={cn('relative flex h-5 w-full touch-none select-none items-center', className)}
  >
    <RadixSlider.Track className="relative h-1 grow rounded-full bg-track">
      <RadixSlider.Range className="absolute h-full rounded-full bg-accent data-[disabled]:bg-control" />
    </RadixSlider.Track>
    <RadixSlider.Thumb
      aria-label={label}
      aria-valuetext={valueText}
      className="block size-4 rounded-full border-2 border-accent bg-surface transition-shadow hover:ring-4 hover:ring-accent/20 data-[disabled]:border-control"
    />
  </RadixSlider.Root>
);
