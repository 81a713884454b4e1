import { describe, expect, it } from 'vitest';
import { Collector } from './collector';
import { Meter } from './meter';
import { connectionsIn } from './status-page';

const noPages = { read: () => Promise.reject(new Error('nobody there')) };

const line = (latencyMs: number, failed = false) => ({ clusterId: 'c', latencyMs, failed });

describe('meters', () => {
  it('give nothing at first, then the figures since they were last read', () => {
    const meter = new Meter();
    meter.add(line(9));
    expect(meter.read(1_000).requestsPerSecond).toBeNull();
    for (let i = 0; i < 8; i++) meter.add(line(4));
    meter.add(line(20, true));
    meter.add(line(20, true));
    expect(meter.read(3_000)).toEqual({
      requestsPerSecond: 5,
      errorsPerSecond: 1,
      latencyP50Ms: 4,
      latencyP99Ms: 20,
    });
    expect(meter.read(4_000)).toEqual({
      requestsPerSecond: 0,
      errorsPerSecond: 0,
      latencyP50Ms: null,
      latencyP99Ms: null,
    });
  });
});

describe('collector', () => {
  it('counts a cluster’s lines whichever node sends them, and no line of a cluster that is not published', () => {
    const collector = new Collector(noPages, (id) => id === 'shop');
    collector.cluster('shop');
    collector.cluster('other');
    for (const address of ['10.77.0.1', '10.77.0.2']) {
      collector.take(address, 'H1 shop 200 5 0 --');
      collector.take(address, 'H1 other 200 5 0 --');
    }
    expect(collector.cluster('shop').requestsPerSecond).toBeGreaterThan(0);
    expect(collector.cluster('shop').latencyP50Ms).toBeNull();
    expect(collector.cluster('other').requestsPerSecond).toBeNull();
    collector.close();
  });

  it('without any line there is no figure, not a zero', () => {
    const collector = new Collector(noPages, () => true);
    collector.cluster('shop');
    expect(collector.cluster('shop')).toMatchObject({ requestsPerSecond: null, connections: null });
    collector.close();
  });
});

describe('a member’s status page', () => {
  it('gives the clients’ connections', () => {
    expect(connectionsIn('hash=abc\napplication=up\nconnections=12\n')).toBe(12);
  });

  it.each(['', 'no such page', 'connections=\n'])('gives nothing when it does not say: %j', (page) =>
    expect(connectionsIn(page)).toBeNull(),
  );
});
