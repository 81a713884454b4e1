'use client';

import { useEffect, useRef } from 'react';
import { type KeyPress, readKeys, type Shortcut, type ShortcutAct } from './shortcuts';

const TYPING = 'input, textarea, select, [contenteditable="true"], [role="combobox"], [role="slider"], .xterm';

/** Whether keys belong to what has the focus, or to a dialog or menu that is open. */
const isTaken = (target: EventTarget | null): boolean =>
  (target instanceof Element && target.closest(TYPING) !== null) ||
  document.querySelector('[role="dialog"], [role="alertdialog"], [role="menu"], [role="listbox"]') !== null;

/** Calls back for shortcuts, and for Ctrl or Cmd with K wherever the focus is. */
export const useShortcuts = (
  shortcuts: readonly (Shortcut & { readonly act: ShortcutAct })[],
  run: (act: ShortcutAct) => void,
): void => {
  const held = useRef<KeyPress | null>(null);
  const latest = useRef({ shortcuts, run });
  useEffect(() => {
    latest.current = { shortcuts, run };
  });
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() === 'k' && (event.metaKey || event.ctrlKey)) {
        event.preventDefault();
        latest.current.run({ kind: 'palette' });
        return;
      }
      if (event.metaKey || event.ctrlKey || event.altKey || event.isComposing || isTaken(event.target)) return;
      const read = readKeys(latest.current.shortcuts, held.current, { key: event.key, atMs: event.timeStamp });
      held.current = read.held;
      if (read.act === null) return;
      event.preventDefault();
      latest.current.run(read.act);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);
};
