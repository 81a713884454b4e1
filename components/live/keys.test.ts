import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '@/lib/domain/contract';
import { keys, staleKeys } from './keys';

const staleOf = (kind: (typeof EVENT_KINDS)[number]) => staleKeys({ kind, clusterId: null }).map((key) => key[0]);

describe('what an event makes stale', () => {
  it('is the list of events for every kind but measurements', () => {
    expect(EVENT_KINDS.filter((kind) => !staleOf(kind).includes('events'))).toEqual(['metrics']);
  });

  it('is what the bell tells of, for operations, alarms and approvals', () => {
    expect(EVENT_KINDS.filter((kind) => staleOf(kind).includes(keys.notices[0]))).toEqual([
      'operation',
      'recommendation',
      'alarm',
    ]);
  });
});
