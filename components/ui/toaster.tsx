'use client';

import { useEffect } from 'react';
import { Toaster as Sonner, toast } from 'sonner';

interface ToasterProps {
  readonly theme: 'light' | 'dark';
  /** Called once what it is given is shown. */
  readonly onReady: (show: typeof toast) => void;
}

export const SonnerToaster = ({ theme, onReady }: ToasterProps) => {
  // Children's effects come first: by now sonner listens.
  useEffect(() => onReady(toast), [onReady]);
  return (
    <Sonner
      theme={theme}
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
