import { describe, expect, it } from 'vitest';
import { planRestart } from './restart';
import { observedCluster } from './testing';
import type { ObservedCluster } from './types';

const stepsOf = (observed: ObservedCluster, node: string): readonly string[] | string => {
  const result = planRestart(observed, node);
  return result.ok ? result.plan.steps.map(({ id }) => id) : result.code;
};

describe('the restart of an application', () => {
  it('drains the node while others take its requests, and sees it answer at the end', () => {
    const observed = observedCluster();
    expect(stepsOf(observed, 'shop-1')).toEqual([
      'drain:shop-1',
      'restartApplication:shop-1',
      'healthy:shop-1',
      'activate:shop-1',
      'verify:shop-1',
    ]);
    const result = planRestart(observed, 'shop-1');
    expect(result).toMatchObject({ plan: { expectedOutageMs: 0, creates: [], removes: [], mode: 'cluster' } });
    expect(result.ok && result.plan.steps.every(({ movesTraffic }) => !movesTraffic)).toBe(true);
  });

  it('lets requests wait where no other node runs the application', () => {
    const held = ['holdRequests:shop', 'restartApplication:shop-1', 'releaseRequests:shop', 'verify:shop-1'];
    expect(stepsOf(observedCluster({ nodesOn: ['paris-1'] }), 'shop-1')).toEqual(held);
    expect(stepsOf(observedCluster({ stateful: true }), 'shop-1')).toEqual(held);
  });

  it('is refused for what is no node and for what stands by', () => {
    expect(stepsOf(observedCluster(), 'shop-9')).toBe('not_found');
    expect(stepsOf(observedCluster({ stateful: true }), 'shop-2')).toBe('impossible');
  });
});
