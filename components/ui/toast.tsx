'use client';

import { useTheme } from 'next-themes';
import { Toaster as Sonner } from 'sonner';

export { toast } from 'sonner';

/** Once, in the root layout. */
export const Toaster = () => {
  const { resolvedTheme } = useTheme();
  return (
    <Sonner
      theme={resolvedTheme === 'dark' ? 'dark' : 'light'}
      position="bottom-center"
      closeButton
      toastOptions={{
        classNames: {
          toast: '!rounded-lg !border-0 !bg-raised !text-fg !text-sm !shadow-pop !font-sans',
          description: '!text-fg-2',
          actionButton: '!bg-accent !text-accent-fg',
          closeButton: '!bg-raised !text-fg-2 !border-line',
        },
      }}
    />
  );
};
