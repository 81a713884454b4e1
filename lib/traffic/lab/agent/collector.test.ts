import { describe, expect, it } from 'vitest';
import { Collector } from './collector';
import { Meter } from './meter';
import { StallLog } from './stalls';
import { connectionsIn } from './statistics-csv';

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
    const collector = new Collector(new StallLog(), (id) => id === 'shop');
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
    const collector = new Collector(new StallLog(), () => true);
    collector.cluster('shop');
    expect(collector.cluster('shop')).toMatchObject({ requestsPerSecond: null, connections: null });
    collector.close();
  });
});

describe('a proxy’s statistics', () => {
  it('give the clients’ connections of the service frontend', () => {
    const csv = '# pxname,svname,qcur,qmax,scur,smax\nservice,FRONTEND,,,12,40\napp,shop-1,0,0,3,9\n';
    expect(connectionsIn(csv)).toBe(12);
  });

  it.each([
    '',
    'no such page',
    '# pxname,svname,scur\nstatistics,FRONTEND,1\n',
    '# pxname,svname,scur\nservice,FRONTEND,\n',
  ])('give nothing when there is no such line: %j', (csv) => expect(connectionsIn(csv)).toBeNull());
});
