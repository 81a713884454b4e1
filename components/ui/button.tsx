import { cva, type VariantProps } from 'class-variance-authority';
import { LoaderCircle } from 'lucide-react';
import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';
import { cn } from './cn';

const button = cva(
  [
    'inline-flex shrink-0 select-none items-center justify-center gap-1.5 whitespace-nowrap rounded-md font-medium',
    'transition-colors disabled:opacity-50 aria-disabled:opacity-50 [&_svg]:size-3.5 [&_svg]:shrink-0',
  ],
  {
    variants: {
      variant: {
        primary: 'bg-accent text-accent-fg enabled:hover:bg-accent-hover [a&]:hover:bg-accent-hover',
        secondary:
          'border border-line-strong bg-surface text-fg shadow-control enabled:hover:bg-subtle [a&]:hover:bg-subtle',
        ghost: 'text-fg-2 hover:bg-hover hover:text-fg data-[state=open]:bg-hover',
        danger: 'bg-bad-solid text-white enabled:hover:bg-bad-solid-hover',
        dangerGhost: 'text-bad hover:bg-bad-soft',
      },
      size: {
        sm: 'h-7 px-2 text-xs pointer-coarse:h-9',
        md: 'h-8 px-3 text-sm pointer-coarse:h-10',
        lg: 'h-10 px-4 text-base',
        icon: 'size-8 text-sm pointer-coarse:size-10 [&_svg]:size-4',
        iconSm: 'size-7 text-xs pointer-coarse:size-9',
      },
    },
    defaultVariants: { variant: 'secondary', size: 'md' },
  },
);

export interface ButtonProps extends ComponentProps<'button'>, VariantProps<typeof button> {
  /** Renders the child (a link) with the looks of a button. */
  readonly asChild?: boolean;
  /** Work is under way: shows a spinner and takes no clicks, but keeps its width and its focus. */
  readonly pending?: boolean;
}

export const Button = ({
  variant,
  size,
  className,
  asChild = false,
  pending = false,
  children,
  type = 'button',
  onClick,
  ...props
}: ButtonProps) => {
  const classes = cn(button({ variant, size }), className);
  if (asChild) {
    return (
      <Slot.Root className={classes} {...props}>
        {children}
      </Slot.Root>
    );
  }
  return (
    <button
      type={pending ? 'button' : type}
      className={cn(classes, 'relative')}
      aria-busy={pending || undefined}
      aria-disabled={pending || undefined}
      onClick={pending ? undefined : onClick}
      {...props}
    >
      <span className={cn('inline-flex items-center gap-1.5', pending && 'opacity-0')}>{children}</span>
      {pending && <LoaderCircle aria-hidden className="absolute animate-spin" />}
    </button>
  );
};
