'use client';

import { Check, ChevronDown } from 'lucide-react';
import { Select as RadixSelect } from 'radix-ui';
import { cn } from './cn';
import { CONTROL } from './input';

export interface SelectOption<V extends string = string> {
  readonly value: V;
  readonly label: string;
  /** A second, quieter line. */
  readonly description?: string;
  readonly disabled?: boolean;
}

interface SelectProps<V extends string> {
  readonly value: V | undefined;
  readonly onValueChange: (value: V) => void;
  readonly options: readonly SelectOption<V>[];
  readonly placeholder?: string;
  readonly disabled?: boolean;
  readonly id?: string;
  readonly size?: 'sm' | 'md';
  readonly className?: string;
  readonly 'aria-label'?: string;
  readonly 'aria-describedby'?: string | undefined;
  readonly 'aria-invalid'?: true | undefined;
}

/** One of a few options. No option may have the empty string as its value. */
export const Select = <V extends string>({
  value,
  onValueChange,
  options,
  placeholder = 'Choose…',
  disabled,
  size = 'md',
  className,
  ...control
}: SelectProps<V>) => (
  <RadixSelect.Root
    value={value ?? ''}
    onValueChange={(chosen) => {
      const option = options.find((o) => o.value === chosen);
      if (option !== undefined) onValueChange(option.value);
    }}
    disabled={disabled ?? false}
  >
    <RadixSelect.Trigger
      className={cn(
        CONTROL,
        'flex items-center justify-between gap-2 text-left data-[placeholder]:text-fg-3',
        size === 'sm' ? 'h-7 px-2 text-xs pointer-coarse:h-9' : 'h-8 px-2.5 pointer-coarse:h-10',
        className,
      )}
      {...control}
    >
      <span className="truncate">
        <RadixSelect.Value placeholder={placeholder} />
      </span>
      <RadixSelect.Icon>
        <ChevronDown aria-hidden className="size-3.5 text-fg-3" />
      </RadixSelect.Icon>
    </RadixSelect.Trigger>
    <RadixSelect.Portal>
      <RadixSelect.Content
        position="popper"
        sideOffset={4}
        className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-in overflow-hidden rounded-lg bg-raised shadow-pop"
      >
        <RadixSelect.Viewport className="p-1">
          {options.map((option) => (
            <RadixSelect.Item
              key={option.value}
              value={option.value}
              disabled={option.disabled ?? false}
              className="relative flex select-none flex-col rounded-md py-1.5 pr-8 pl-2 text-sm outline-none data-[disabled]:text-fg-3 data-[highlighted]:bg-hover"
            >
              <RadixSelect.ItemText>{option.label}</RadixSelect.ItemText>
              {option.description !== undefined && <span className="text-fg-3 text-xs">{option.description}</span>}
              <RadixSelect.ItemIndicator className="absolute top-2 right-2">
                <Check aria-hidden className="size-3.5 text-accent-text" />
              </RadixSelect.ItemIndicator>
            </RadixSelect.Item>
          ))}
        </RadixSelect.Viewport>
      </RadixSelect.Content>
    </RadixSelect.Portal>
  </RadixSelect.Root>
);
