import { Slot } from 'radix-ui';
import type { ComponentProps } from 'react';

export interface TriggerProps extends ComponentProps<'button'> {
  readonly asChild?: boolean;
}

/** The button of something that opens, until the code of that has come. */
export const StandInButton = ({ asChild = false, ...props }: TriggerProps) => {
  const Button = asChild ? Slot.Root : 'button';
  return (
    <Button {...(asChild ? {} : { type: 'button' as const })} aria-expanded={false} data-state="closed" {...props} />
  );
};
