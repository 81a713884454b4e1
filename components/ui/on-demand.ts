'use client';

import { useCallback, useEffect, useState } from 'react';

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
