import { describe, expect, it } from 'vitest';
import { healthText } from './glance';
import { nodeWith } from './testing';

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
