'use client';

import type { FieldControl } from './field';
import { NumberInput } from './input';
import { Slider } from './slider';

interface NumberSliderProps {
  readonly control: FieldControl;
  readonly label: string;
  /** NaN while it is being typed. */
  readonly value: number;
  readonly onChange: (value: number) => void;
  readonly onBlur?: (() => void) | undefined;
  readonly min: number;
  readonly max: number;
  /** Where the slider ends: larger values are typed, not dragged. */
  readonly sliderMax?: number;
  readonly step?: number;
  readonly unit?: string;
  /** The value in words: "512 MiB". */
  readonly valueText?: (value: number) => string;
}

/** A number, dragged or typed. */
export const NumberSlider = (props: NumberSliderProps) => {
  const { control, label, value, onChange, onBlur, min, max, sliderMax = max, step = 1, unit, valueText } = props;
  const known = Number.isFinite(value) ? value : min;
  return (
    <div className="flex items-center gap-4">
      <Slider
        label={label}
        value={Math.min(Math.max(known, min), sliderMax)}
        {...(valueText === undefined ? {} : { valueText: valueText(known) })}
        onValueChange={onChange}
        min={min}
        max={sliderMax}
        step={step}
      />
      <NumberInput
        {...control}
        className="w-28 shrink-0"
        value={Number.isFinite(value) ? value : ''}
        onChange={(event) => onChange(event.target.valueAsNumber)}
        onBlur={onBlur}
        min={min}
        max={max}
        step={step}
        {...(unit === undefined ? {} : { unit })}
      />
    </div>
  );
};
