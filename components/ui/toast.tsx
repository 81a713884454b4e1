'use client';

import { useTheme } from 'next-themes';
import { useEffect } from 'react';
import type { toast as Sonner } from 'sonner';
import { onDemand, useOnDemand } from './on-demand';
import { whenIdle } from './when-idle';

type Show = (show: typeof Sonner) => void;

/** What is to be shown before there is a toaster. */
const waiting: Show[] = [];
let sonner: typeof Sonner | null = null;
let ask: (() => void) | null = null;

const show = (one: Show): void => {
  if (sonner !== null) {
    one(sonner);
    return;
  }
  waiting.push(one);
  ask?.();
};

/** Tells at the foot of the page what came of an act. */
export const toast = {
  success: (message: string): void => show((shown) => void shown.success(message)),
  error: (message: string): void => show((shown) => void shown.error(message)),
};

const ready = (shown: typeof Sonner): void => {
  sonner = shown;
  for (const one of waiting.splice(0)) one(shown);
};

const TOASTER = onDemand(async () => (await import('./toaster')).SonnerToaster);

/**
 * Once, in the root layout. Its code comes when the page is idle, or with the first toast: screen readers speak of what
 * appears in a region that was there before.
 */
export const Toaster = () => {
  const { resolvedTheme } = useTheme();
  const { code: SonnerToaster, ask: load } = useOnDemand(TOASTER);
  useEffect(() => {
    ask = load;
    if (waiting.length > 0) load();
    const cancel = whenIdle(load);
    return () => {
      cancel();
      ask = null;
      sonner = null;
    };
  }, [load]);
  return SonnerToaster === null ? null : (
    <SonnerToaster theme={resolvedTheme === 'dark' ? 'dark' : 'light'} onReady={ready} />
  );
};
