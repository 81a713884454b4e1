'use client';

import { Check } from 'lucide-react';
import type { DropdownMenu as Radix } from 'radix-ui';
import {
  type ComponentProps,
  createContext,
  type KeyboardEvent,
  type MouseEvent,
  type ReactNode,
  type RefObject,
  useContext,
  useState,
} from 'react';
import { cn } from './cn';
import { onDemand, useFirstPress } from './on-demand';
import { StandInButton, type TriggerProps } from './stand-in-button';

type Parts = typeof Radix;

/** Radix' menu comes when the first one is opened. */
export const MENU_PARTS = onDemand(async () => (await import('./dropdown-menu-parts')).DropdownMenu);

interface Menu {
  readonly parts: Parts | null;
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly open: (by: 'key' | 'pointer') => void;
}

const MenuContext = createContext<Menu | null>(null);

const useMenu = (): Menu => {
  const menu = useContext(MenuContext);
  if (menu === null) throw new Error('a part of a menu stands outside DropdownMenu');
  return menu;
};

/** Of an open menu: nothing in it is drawn before its code is there. */
const useParts = (): Parts => {
  const { parts } = useMenu();
  if (parts === null) throw new Error('a part of a menu stands outside DropdownMenuContent');
  return parts;
};

/**
 * The page behind stays in reach: a menu is no dialog. Until it is first opened there is only its button; then Radix takes
 * the button over, and is told again what was pressed, since it moves the focus for keys and not for pointers.
 */
export const DropdownMenu = ({ children }: { readonly children: ReactNode }) => {
  const [isOpen, setIsOpen] = useState(false);
  const {
    code: parts,
    trigger,
    press: open,
  } = useFirstPress<Parts, 'key' | 'pointer'>(MENU_PARTS, (by, button) => {
    if (by === 'pointer') setIsOpen(true);
    else button?.dispatchEvent(new window.KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true }));
  });
  return (
    <MenuContext value={{ parts, trigger, open }}>
      {parts === null ? (
        children
      ) : (
        <parts.Root modal={false} open={isOpen} onOpenChange={setIsOpen}>
          {children}
        </parts.Root>
      )}
    </MenuContext>
  );
};

export const DropdownMenuTrigger = ({ asChild = false, ...props }: TriggerProps) => {
  const { parts, trigger, open } = useMenu();
  if (parts !== null) return <parts.Trigger ref={trigger} asChild={asChild} {...props} />;
  return (
    <StandInButton
      asChild={asChild}
      aria-haspopup="menu"
      // A key that presses a button is a click without a place.
      onClick={(event: MouseEvent) => open(event.detail === 0 ? 'key' : 'pointer')}
      onKeyDown={(event: KeyboardEvent) => {
        if (event.key !== 'ArrowDown') return;
        event.preventDefault();
        open('key');
      }}
      {...props}
    />
  );
};

export const DropdownMenuContent = ({ className, ...props }: ComponentProps<Parts['Content']>) => {
  const { parts } = useMenu();
  if (parts === null) return null;
  return (
    <parts.Portal>
      <parts.Content
        sideOffset={4}
        collisionPadding={8}
        className={cn('z-50 min-w-44 animate-in rounded-lg bg-raised p-1 shadow-pop outline-none', className)}
        {...props}
      />
    </parts.Portal>
  );
};

const ITEM =
  'flex select-none items-center gap-2 rounded-md px-2 py-1.5 text-fg text-sm outline-none pointer-coarse:py-2.5 data-[disabled]:text-fg-3 data-[highlighted]:bg-hover [&_svg]:size-4 [&_svg]:text-fg-3';

interface ItemProps extends ComponentProps<Parts['Item']> {
  readonly danger?: boolean;
}

export const DropdownMenuItem = ({ danger = false, className, ...props }: ItemProps) => {
  const { Item } = useParts();
  return (
    <Item
      className={cn(ITEM, danger && 'text-bad data-[highlighted]:bg-bad-soft [&_svg]:text-bad', className)}
      {...props}
    />
  );
};

export const DropdownMenuRadioGroup = (props: ComponentProps<Parts['RadioGroup']>) => {
  const { RadioGroup } = useParts();
  return <RadioGroup {...props} />;
};

export const DropdownMenuRadioItem = ({ className, children, ...props }: ComponentProps<Parts['RadioItem']>) => {
  const { RadioItem, ItemIndicator } = useParts();
  return (
    <RadioItem className={cn(ITEM, 'pr-8', className)} {...props}>
      {children}
      <ItemIndicator className="absolute right-3">
        <Check aria-hidden />
      </ItemIndicator>
    </RadioItem>
  );
};

export const DropdownMenuCheckboxItem = ({ className, children, ...props }: ComponentProps<Parts['CheckboxItem']>) => {
  const { CheckboxItem, ItemIndicator } = useParts();
  return (
    <CheckboxItem className={cn(ITEM, 'relative pr-8', className)} {...props}>
      {children}
      <ItemIndicator className="absolute right-3">
        <Check aria-hidden />
      </ItemIndicator>
    </CheckboxItem>
  );
};

export const DropdownMenuLabel = ({ className, ...props }: ComponentProps<Parts['Label']>) => {
  const { Label } = useParts();
  return <Label className={cn('px-2 pt-1.5 pb-1 text-fg-3 text-xs', className)} {...props} />;
};

export const DropdownMenuSeparator = () => {
  const { Separator } = useParts();
  return <Separator className="-mx-1 my-1 h-px bg-line" />;
};
