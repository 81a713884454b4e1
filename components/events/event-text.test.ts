import { describe, expect, it } from 'vitest';
import { EVENT_KINDS } from '@/lib/domain/contract';
import { eventHref, eventText } from './event-text';

const shop = { name: 'shop' };

describe('events as people read them', () => {
  it('say what happened to what', () => {
    const told = (kind: (typeof EVENT_KINDS)[number], payload: unknown) =>
      eventText({ kind, payload, operationId: null, cluster: shop });
    expect(told('cluster', { state: 'degraded' })).toBe('shop is degraded');
    expect(told('operation', { state: 'done' })).toBe('An operation of shop is done');
    expect(told('host', { host: 'paris-1', state: 'fenced' })).toBe('Host paris-1 is fenced');
    expect(told('audit', { action: 'cluster.create', subject: 'cluster/shop' })).toBe('cluster.create on cluster/shop');
    expect(told('alarm', { kind: 'fence-in-doubt', subject: 'paris-1', state: 'open' })).toBe(
      'Alarm fence-in-doubt (paris-1) is open',
    );
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
