'use client';

import { useEffect, useRef, useState } from 'react';
import type { MapHost } from '@/lib/domain/contract';
import { changesBetween, holdersOf, type MapChange } from './map-changes';

export interface TimedChange extends MapChange {
  readonly at: string;
}

const KEPT = 8;

/** The newest things that happened while the page was open, newest first. */
export const useMapChanges = (hosts: readonly MapHost[]): readonly TimedChange[] => {
  const before = useRef({ hosts, holders: holdersOf(hosts) });
  const [changes, setChanges] = useState<readonly TimedChange[]>([]);
  useEffect(() => {
    if (before.current.hosts === hosts) return;
    const found = changesBetween(before.current, hosts);
    before.current = { hosts, holders: new Map([...before.current.holders, ...holdersOf(hosts)]) };
    if (found.length === 0) return;
    const at = new Date().toISOString();
    setChanges((kept) =>
      [...found.map((change) => ({ ...change, key: `${at} ${change.key}`, at })), ...kept].slice(0, KEPT),
    );
  }, [hosts]);
  return changes;
};
