'use client';

import { type RefObject, useCallback, useEffect, useEffectEvent, useRef, useState } from 'react';

/** Code that a page does not begin with: it comes once, for all who need it. */
export interface OnDemand<T> {
  /** Rejects when it cannot be loaded; the next call tries again. */
  readonly load: () => Promise<T>;
}

export const onDemand = <T>(load: () => Promise<T>): OnDemand<T> => {
  let loading: Promise<T> | null = null;
  return {
    load: () => {
      loading ??= load().catch((error: unknown) => {
        loading = null;
        throw error;
      });
      return loading;
    },
  };
};

/** The code, once `ask` was called and it has come; null before. `ask` may be called again. */
export const useOnDemand = <T>(code: OnDemand<T>): { readonly code: T | null; readonly ask: () => void } => {
  const [loaded, setLoaded] = useState<{ readonly value: T } | null>(null);
  const ask = useCallback(() => {
    // What did not come is asked for again by the next press.
    code.load().then(
      (value) => setLoaded((before) => before ?? { value }),
      () => undefined,
    );
  }, [code]);
  return { code: loaded?.value ?? null, ask };
};

/** The code as soon as the page is alive; null before. */
export const useSoon = <T>(wanted: OnDemand<T>): T | null => {
  const { code, ask } = useOnDemand(wanted);
  useEffect(ask, [ask]);
  return code;
};

interface FirstPress<T, How> {
  readonly code: T | null;
  /** Of the button that the code draws in the place of the one that was pressed. */
  readonly trigger: RefObject<HTMLButtonElement | null>;
  readonly press: (how: How) => void;
}

/**
 * For a button whose code comes at its first press: when it has come, the button that it drew has the focus, and `answer`
 * does what was pressed for.
 */
export const useFirstPress = <T, How>(
  wanted: OnDemand<T>,
  answer: (how: How, trigger: HTMLButtonElement | null) => void,
): FirstPress<T, How> => {
  const { code, ask } = useOnDemand(wanted);
  const trigger = useRef<HTMLButtonElement>(null);
  const pressed = useRef<{ readonly how: How } | null>(null);
  const onArrived = useEffectEvent(() => {
    if (pressed.current === null) return;
    const { how } = pressed.current;
    pressed.current = null;
    trigger.current?.focus();
    answer(how, trigger.current);
  });
  useEffect(() => {
    if (code !== null) onArrived();
  }, [code]);
  const press = (how: How): void => {
    pressed.current = { how };
    ask();
  };
  return { code, trigger, press };
};
