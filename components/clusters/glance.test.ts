import { describe, expect, it } from 'vitest';
import type { NodeView } from '@/lib/domain/contract';
import { healthText } from './glance';

const SHAPE = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };

const nodeWith = (name: string, given: Partial<NodeView> = {}): NodeView => ({
  id: name,
  name,
  host: 'paris-1',
  site: 'paris',
  address: '10.77.0.1',
  shape: SHAPE,
  role: 'node',
  state: 'active',
  healthy: true,
  health: null,
  vipHolder: false,
  connections: 0,
  observedAt: null,
  accelerator: null,
  ...given,
});

const judged = (verdict: 'healthy' | 'lost') => ({
  verdict,
  reason: 'as four witnesses say',
  since: '2026-01-01T00:00:00Z',
});

describe('the health of a cluster at one glance', () => {
  it('is the worst verdict with its reason', () => {
    const nodes = [nodeWith('a', { health: judged('healthy') }), nodeWith('b', { health: judged('lost') })];
    expect(healthText(nodes)).toEqual({ headline: 'b lost', detail: 'as four witnesses say' });
  });

  it('is an old one where nobody watches', () => {
    const told = healthText([nodeWith('a', { health: judged('healthy') })], false);
    expect(told.headline).toBe('all healthy when last seen');
    expect(told.detail).toContain('orchestrator is not at work');
  });
});
