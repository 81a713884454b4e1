'use client';

import { Check, ChevronDown } from 'lucide-react';
import type { Select as Radix } from 'radix-ui';
import { type KeyboardEvent, useState } from 'react';
import { cn } from './cn';
import { CONTROL } from './input';
import { onDemand, useFirstPress } from './on-demand';

/** Radix' select comes when the first one is opened. */
export const SELECT_PARTS = onDemand(async () => (await import('./select-parts')).Select);

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

const triggerClass = (size: 'sm' | 'md', className: string | undefined): string =>
  cn(
    CONTROL,
    'flex items-center justify-between gap-2 text-left data-[placeholder]:text-fg-3',
    size === 'sm' ? 'h-7 px-2 text-xs pointer-coarse:h-9' : 'h-8 px-2.5 pointer-coarse:h-10',
    className,
  );

const Chevron = () => <ChevronDown aria-hidden className="size-3.5 shrink-0 text-fg-3" />;

const Options = ({ parts, options }: { readonly parts: typeof Radix; readonly options: readonly SelectOption[] }) => (
  <parts.Portal>
    <parts.Content
      position="popper"
      sideOffset={4}
      className="z-50 max-h-(--radix-select-content-available-height) min-w-(--radix-select-trigger-width) animate-in overflow-hidden rounded-lg bg-raised shadow-pop"
    >
      <parts.Viewport className="p-1">
        {options.map((option) => (
          <parts.Item
            key={option.value}
            value={option.value}
            disabled={option.disabled ?? false}
            className="relative flex select-none flex-col rounded-md py-1.5 pr-8 pl-2 text-sm outline-none data-[disabled]:text-fg-3 data-[highlighted]:bg-hover"
          >
            <parts.ItemText>{option.label}</parts.ItemText>
            {option.description !== undefined && <span className="text-fg-3 text-xs">{option.description}</span>}
            <parts.ItemIndicator className="absolute top-2 right-2">
              <Check aria-hidden className="size-3.5 text-accent-text" />
            </parts.ItemIndicator>
          </parts.Item>
        ))}
      </parts.Viewport>
    </parts.Content>
  </parts.Portal>
);

/** Keys that open it, and letters, by which one looks for an option. */
const isOpeningKey = ({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): boolean =>
  !ctrlKey && !metaKey && !altKey && (['ArrowDown', 'ArrowUp', 'Enter'].includes(key) || key.length === 1);

/**
 * One of a few options. No option may have the empty string as its value. Until it is first opened there is only its
 * button; then Radix takes the button over.
 */
export const Select = <V extends string>({
  value,
  onValueChange,
  options,
  placeholder = 'Choose…',
  disabled = false,
  size = 'md',
  className,
  ...control
}: SelectProps<V>) => {
  const [isOpen, setIsOpen] = useState(false);
  const { code: parts, trigger, press } = useFirstPress<typeof Radix, void>(SELECT_PARTS, () => setIsOpen(true));
  const chosen = options.find((option) => option.value === value);
  if (parts === null) {
    return (
      <button
        type="button"
        role="combobox"
        aria-expanded={false}
        aria-haspopup="listbox"
        data-state="closed"
        data-placeholder={chosen === undefined ? '' : undefined}
        disabled={disabled}
        className={triggerClass(size, className)}
        onClick={() => press()}
        onKeyDown={(event) => {
          if (!isOpeningKey(event)) return;
          event.preventDefault();
          press();
        }}
        {...control}
      >
        <span className="truncate">{chosen?.label ?? placeholder}</span>
        <Chevron />
      </button>
    );
  }
  return (
    <parts.Root
      open={isOpen}
      onOpenChange={setIsOpen}
      value={value ?? ''}
      onValueChange={(next) => {
        const option = options.find((o) => o.value === next);
        if (option !== undefined) onValueChange(option.value);
      }}
      disabled={disabled}
    >
      <parts.Trigger ref={trigger} className={triggerClass(size, className)} {...control}>
        <span className="truncate">
          <parts.Value placeholder={placeholder}>{chosen?.label}</parts.Value>
        </span>
        <Chevron />
      </parts.Trigger>
      <Options parts={parts} options={options} />
    </parts.Root>
  );
};
