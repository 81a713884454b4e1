import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '@/lib/domain/contract';
import { eventHref, eventText } from './event-text';

const shop = { name: 'shop' };

describe('events as people read them', () => {
  it('say what happened to what', () => {
    const told = (kind: (typeof EVENT_KINDS)[number], payload: unknown) =>
      eventText({ kind, payload, operationId: null, cluster: shop });
    expect(told('cluster', { state: 'degraded' })).toBe('shop is degraded');
    expect(told('operation', { state: 'running' })).toBe('An operation of shop: running');
    expect(told('host', { host: 'paris-1', state: 'fenced' })).toBe('Host paris-1 is fenced');
    expect(told('audit', { action: 'cluster.create', subject: 'cluster/shop' })).toBe('cluster.create on cluster/shop');
    expect(told('alarm', { kind: 'fence-in-doubt', subject: 'paris-1', state: 'open' })).toBe(
      'Alarm fence-in-doubt (paris-1) is open',
    );
  });

  it('name the VM, and the step of an operation', () => {
    const told = (kind: 'node' | 'operation', payload: unknown, more: object) =>
      eventText({ kind, payload, operationId: 'o1', cluster: shop, ...more });
    const [create, failover] = [
      { operation: { kind: 'change', step: 'Create shop-3' } },
      { operation: { kind: 'failover', step: null } },
    ];
    expect(told('operation', { seq: 2, type: 'step-done' }, create)).toBe('Create shop-3: done');
    expect(told('operation', { seq: 9, type: 'operation-ended' }, failover)).toBe('Fail over shop: ended');
    expect(told('operation', { state: 'pending' }, failover)).toBe('Fail over shop: accepted');
    expect(told('node', { vmId: 'v', state: 'draining' }, { vm: 'shop-1' })).toBe('shop-1 is draining');
    expect(told('node', { vmId: 'v', vip: 'given' }, { vm: 'shop-1' })).toBe('shop-1 hands the VIP over');
  });

  it('are read whatever they carry', () => {
    for (const kind of EVENT_KINDS) {
      for (const payload of [null, {}, 'text', { state: 3 }]) {
        expect(eventText({ kind, payload, operationId: null })).not.toContain('undefined');
      }
    }
  });

  it('lead to what they are about', () => {
    expect(eventHref({ kind: 'operation', payload: {}, operationId: 'o1', cluster: shop })).toBe('/operations/o1');
    expect(eventHref({ kind: 'host', payload: { host: 'paris-1' }, operationId: null })).toBe('/hosts/paris-1');
    expect(eventHref({ kind: 'node', payload: {}, operationId: null, cluster: shop })).toBe('/clusters/shop');
    expect(eventHref({ kind: 'node', payload: {}, operationId: null, cluster: null })).toBeNull();
  });
});
