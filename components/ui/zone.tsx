'use client';

import { createContext, type ReactNode, useContext } from 'react';

const ZoneContext = createContext<string | undefined>(undefined);

/** The zone that times are shown in below; null: the browser's. */
export const ZoneProvider = ({ zone, children }: { readonly zone: string | null; readonly children: ReactNode }) => (
  <ZoneContext value={zone ?? undefined}>{children}</ZoneContext>
);

/** An IANA zone; undefined: the browser's, which is what `Intl` takes it for. */
export const useZone = (): string | undefined => useContext(ZoneContext);
