'use client';

import type { ComponentType, ReactNode } from 'react';
import { onDemand, useSoon } from './on-demand';

/**
 * A component whose code comes in the browser when it is first drawn; `loading` stands in its place until then.
 * `load` is called once.
 */
export const lazily = <Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  loading: ReactNode = null,
): ComponentType<Props> => {
  const code = onDemand(load);
  const Lazily = (props: Props): ReactNode => {
    const Part = useSoon(code);
    return Part === null ? loading : <Part {...props} />;
  };
  return Lazily;
};
