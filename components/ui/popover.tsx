'use client';

import { type Popover as Radix, Slot } from 'radix-ui';
import {
  type ComponentProps,
  createContext,
  type ReactNode,
  type RefObject,
  useContext,
  useEffect,
  useRef,
  useState,
} from 'react';
import { cn } from './cn';
import { onDemand, useOnDemand } from './on-demand';

type Parts = typeof Radix;

/** Radix' popover comes when the first one is opened. */
export const POPOVER_PARTS = onDemand(async () => (await import('./popover-parts')).Popover);

interface PopoverState {
  readonly parts: Parts | null;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly open: () => void;
}

const PopoverContext = createContext<PopoverState | null>(null);

const usePopover = (): PopoverState => {
  const popover = useContext(PopoverContext);
  if (popover === null) throw new Error('a part of a popover stands outside Popover');
  return popover;
};

interface PopoverProps {
  readonly open?: boolean;
  readonly onOpenChange?: (open: boolean) => void;
  readonly children: ReactNode;
}

/** Until it is first opened there is only its button; then Radix takes the button over. */
export const Popover = ({ open, onOpenChange, children }: PopoverProps) => {
  const { code: parts, ask } = useOnDemand(POPOVER_PARTS);
  const [isOwnOpen, setIsOwnOpen] = useState(false);
  const trigger = useRef<HTMLButtonElement>(null);
  const isPressed = useRef(false);
  const change = (next: boolean): void => {
    setIsOwnOpen(next);
    onOpenChange?.(next);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: the press is answered when the code comes, and only then
  useEffect(() => {
    if (parts === null || !isPressed.current) return;
    isPressed.current = false;
    trigger.current?.focus();
    change(true);
  }, [parts]);
  const press = (): void => {
    isPressed.current = true;
    ask();
  };
  return (
    <PopoverContext value={{ parts, trigger, open: press }}>
      {parts === null ? (
        children
      ) : (
        <parts.Root open={open ?? isOwnOpen} onOpenChange={change}>
          {children}
        </parts.Root>
      )}
    </PopoverContext>
  );
};

interface TriggerProps extends ComponentProps<'button'> {
  readonly asChild?: boolean;
}

export const PopoverTrigger = ({ asChild = false, ...props }: TriggerProps) => {
  const { parts, trigger, open } = usePopover();
  if (parts !== null) return <parts.Trigger ref={trigger} asChild={asChild} {...props} />;
  const Button = asChild ? Slot.Root : 'button';
  return (
    <Button
      {...(asChild ? {} : { type: 'button' as const })}
      aria-haspopup="dialog"
      aria-expanded={false}
      data-state="closed"
      onClick={open}
      {...props}
    />
  );
};

export const PopoverContent = ({ className, ...props }: ComponentProps<Parts['Content']>) => {
  const { parts } = usePopover();
  if (parts === null) return null;
  return (
    <parts.Portal>
      <parts.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn('z-50 w-72 animate-in rounded-lg bg-raised p-3 shadow-pop outline-none', className)}
        {...props}
      />
    </parts.Portal>
  );
};
