'use client';

import { useRef } from 'react';

/** A menu is gone when the dialog that it opened closes: then it is the menu's button that had the focus. */
const ownerOf = (element: Element | null): Element | null => {
  const menuLabel = element?.closest('[role="menu"]')?.getAttribute('aria-labelledby');
  return menuLabel === null || menuLabel === undefined ? element : document.getElementById(menuLabel);
};

const FIELD = 'input:not(:disabled), textarea:not(:disabled), [role="combobox"]:not(:disabled)';

/**
 * Where the focus goes when a dialog opens and closes; to be spread on its content. Opened, it is in the first field,
 * except where that would bring a keyboard up on the screen. Closed, it is where it was before, also when the dialog was
 * opened by state and knows no trigger.
 */
export const useDialogFocus = () => {
  const previous = useRef<Element | null>(null);
  return {
    onOpenAutoFocus: (event: Event): void => {
      previous.current = ownerOf(document.activeElement);
      const content = event.currentTarget;
      if (!(content instanceof HTMLElement) || !window.matchMedia('(pointer: fine)').matches) return;
      const field = content.querySelector<HTMLElement>(FIELD);
      if (field === null) return;
      event.preventDefault();
      field.focus();
    },
    onCloseAutoFocus: (event: Event): void => {
      event.preventDefault();
      if (previous.current instanceof HTMLElement && previous.current.isConnected) previous.current.focus();
    },
  };
};
