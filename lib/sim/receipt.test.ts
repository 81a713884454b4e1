import { describe, expect, it } from 'vitest';
import type { ProbeSummary } from '@/lib/traffic/types';
import { PROBE_INTERVAL_MS, PROBE_TIMEOUT_MS } from './answers';
import { type Bench, bootVm, LEDGER, memberOf, newBench, newShop, viewOf } from './testing';

const receiptOf = async (bench: ReturnType<typeof newBench>, from: Date) =>
  bench.traffic.receipt('shop', from, bench.clock.now());

describe('outage receipts', () => {
  it('counts every probe of a calm time as answered', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const from = bench.clock.now();
    await bench.clock.advance(3_600_000);
    const receipt = await receiptOf(bench, from);
    expect(receipt.failed).toBe(0);
    expect(receipt.requests).toBeGreaterThanOrEqual(3_600_000 / PROBE_INTERVAL_MS - 1);
    expect(receipt.requests).toBeLessThanOrEqual(3_600_000 / PROBE_INTERVAL_MS + 1);
    expect(receipt.longestGapMs).toBeLessThan(2 * PROBE_INTERVAL_MS);
    expect(receipt.latencyP99Ms ?? 0).toBeGreaterThan(receipt.latencyP50Ms ?? Number.POSITIVE_INFINITY);
  });

  it('shows the takeover after a crash as failed requests and a gap of its length', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    await bench.clock.advance(10_000);
    const from = bench.clock.now();
    bench.world.faults.crashVm('vm-2');
    await bench.clock.advance(10_000);
    const receipt = await receiptOf(bench, from);
    const { takeOverMs } = bench.world.durations;
    expect(receipt.failed).toBeGreaterThan(0);
    expect(receipt.failed).toBeLessThanOrEqual(Math.ceil(takeOverMs / PROBE_INTERVAL_MS));
    expect(receipt.longestGapMs).toBeGreaterThanOrEqual(takeOverMs - PROBE_INTERVAL_MS);
    expect(receipt.longestGapMs).toBeLessThan(takeOverMs + 2 * PROBE_INTERVAL_MS);
  });

  it('shows a planned move as no failed request and a gap no longer than move and interval', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const from = bench.clock.now();
    await bench.clock.advance(5_000);
    await bench.run(() => bench.clustering.yieldVip('vm-2'));
    await bench.clock.advance(5_000);
    const receipt = await receiptOf(bench, from);
    expect(receipt.failed).toBe(0);
    expect(receipt.longestGapMs).toBeGreaterThanOrEqual(PROBE_INTERVAL_MS);
    expect(receipt.longestGapMs).toBeLessThan(bench.world.durations.plannedMoveMs + 2 * PROBE_INTERVAL_MS);
  });

  it('a replacement node by node loses nothing, and every new node has answered', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const from = bench.clock.now();
    const { clustering } = bench;
    const tell = async (numbers: readonly number[], members: ReturnType<typeof memberOf>[]) => {
      for (const n of numbers) await clustering.ensureConfigured(`vm-${n}`, viewOf(members));
    };
    await bench.run(async () => {
      await bootVm(bench, 3, 'paris-2');
      const joining = [memberOf(1), memberOf(2), memberOf(3, { weight: 0 })];
      await tell([1, 2], joining);
      await clustering.ensureInstalled('vm-3', viewOf(joining));
      await tell([1, 2, 3], [memberOf(1), memberOf(2), memberOf(3)]);
      await tell([1, 2, 3], [memberOf(1), memberOf(2, { weight: 0, draining: true }), memberOf(3)]);
      await bench.clock.sleep(2_000);
      await clustering.yieldVip('vm-2');
      await bench.clock.sleep(2_000);
      await clustering.ensureLeft('vm-2');
      await tell([1, 3], [memberOf(1), memberOf(3)]);
      await bench.hypervisor.destroyVm('vm-2');
    });
    const movedAt = bench.clock.now();
    await bench.clock.advance(5_000);
    expect((await receiptOf(bench, from)).failed).toBe(0);
    expect([...(await bench.traffic.answeredSince('shop', movedAt)).keys()].sort()).toEqual(['shop-1', 'shop-3']);
  });

  it('a node that ends while it is dealt requests costs its share of them until that is noticed', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const from = bench.clock.now();
    bench.world.faults.crashVm('vm-1');
    await bench.clock.advance(5_000);
    const receipt = await receiptOf(bench, from);
    expect(receipt.failed).toBeGreaterThan(0);
    expect(receipt.failed).toBeLessThan(bench.world.durations.deadMemberMs / PROBE_INTERVAL_MS);
  });

  it('requests that are held wait and are answered when they are released', async () => {
    const bench = newBench();
    await newShop(bench, 1, LEDGER);
    await bench.run(async () => {
      await bench.hypervisor.createVolume({ id: 'volume-1', sizeGiB: 1 });
      await bench.hypervisor.attachVolume('vm-1', 'volume-1');
      await bench.clustering.ensureVolumeMounted('vm-1', 'volume-1', '/data');
      await bench.clustering.ensureApplicationStarted('vm-1', { deadlineMs: 5_000 });
    });
    const from = bench.clock.now();
    await bench.run(() => bench.clustering.ensureRequestsHeld('vm-1', true));
    const asked = bench.traffic.probeOnce('shop', { timeoutMs: 4_000 });
    await bench.clock.advance(1_000);
    await bench.run(() => bench.clustering.ensureRequestsHeld('vm-1', false));
    const answer = await bench.run(() => asked);
    expect(answer).toMatchObject({ ok: true, status: 200, servedBy: 'shop-1' });
    expect(answer.latencyMs).toBeGreaterThanOrEqual(1_000);
    await bench.clock.advance(1_000);
    const receipt = await receiptOf(bench, from);
    expect(receipt.failed).toBe(0);
    expect(receipt.longestGapMs).toBeGreaterThanOrEqual(1_000);
  });

  it('counts nothing of the time before the cluster was published', async () => {
    const bench = newBench();
    await newShop(bench, 1);
    const receipt = await bench.traffic.receipt('shop', new Date(0), new Date(1));
    expect(receipt).toMatchObject({ requests: 0, failed: 0, longestGapMs: 0, latencyP50Ms: null });
  });
});

describe('failed requests in a receipt', () => {
  /** What the cluster's receipt tells of the ten seconds after something happened to it. */
  const failuresAfter = async (bench: Bench, happens: () => void) => {
    await bench.clock.advance(10_000);
    const from = bench.clock.now();
    happens();
    await bench.clock.advance(10_000);
    return receiptOf(bench, from);
  };
  const errorsOf = ({ failures }: ProbeSummary) => [...new Set(failures.map(({ error }) => error))];

  it('are none of a calm time', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    expect((await failuresAfter(bench, () => undefined)).failures).toEqual([]);
  });

  it('say that nobody had the VIP after its holder crashed, each with when it was sent', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const receipt = await failuresAfter(bench, () => bench.world.faults.crashVm('vm-2'));
    expect(receipt.failures).toHaveLength(receipt.failed);
    const [first, second] = receipt.failures;
    expect(first).toMatchObject({ afterMs: 0, status: null, error: 'no node holds the VIP', node: null });
    expect(first?.at.getTime()).toBeGreaterThanOrEqual(receipt.startedAt.getTime());
    expect((second?.at.getTime() ?? 0) - (first?.at.getTime() ?? 0)).toBe(PROBE_INTERVAL_MS);
    expect(errorsOf(receipt)).toEqual(['no node holds the VIP']);
  });

  it('say which node did not answer while it was still dealt requests', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    expect(errorsOf(await failuresAfter(bench, () => bench.world.faults.crashVm('vm-1')))).toEqual([
      'shop-1 did not answer',
    ]);
  });

  it('have the status and the name of the node that found no application; the first twenty are told', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const { failed, failures } = await failuresAfter(bench, () => {
      bench.world.faults.crashApplication('vm-1');
      bench.world.faults.crashApplication('vm-2');
    });
    expect(failed).toBe(201);
    expect(failures).toHaveLength(20);
    expect(new Set(failures.map(({ status, error }) => `${status} ${error}`))).toEqual(new Set(['503 HTTP 503']));
    expect(new Set(failures.map(({ node }) => node))).toEqual(new Set(['shop-1', 'shop-2']));
  });

  it('say of those that were held for too long that no answer came in time, and when they gave up', async () => {
    const bench = newBench();
    await newShop(bench, 1);
    const from = bench.clock.now();
    await bench.run(() => bench.clustering.ensureRequestsHeld('vm-1', true));
    await bench.clock.advance(10_000);
    const { failures } = await receiptOf(bench, from);
    expect(failures[0]).toMatchObject({ afterMs: PROBE_TIMEOUT_MS, status: null, error: 'no answer in time' });
  });

  it('are told of a request that is sent alone as well', async () => {
    const bench = newBench();
    await newShop(bench, 1);
    bench.world.faults.crashApplication('vm-1');
    expect(await bench.run(() => bench.traffic.probeOnce('shop'))).toMatchObject({
      ok: false,
      status: 503,
      servedBy: 'shop-1',
      error: 'HTTP 503',
    });
  });
});

describe('load generator', () => {
  it('counts what was sent and what the outage cost', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    await bench.traffic.setLoad('shop', { requestsPerSecond: 100, path: '/', slowStreams: 10 });
    await bench.clock.advance(20_000);
    expect(await bench.traffic.load('shop')).toMatchObject({
      sent: 2_000,
      failed: 0,
      brokenStreams: 0,
      completedStreams: 20,
    });
    bench.world.faults.crashVm('vm-2');
    await bench.clock.advance(20_000);
    const after = await bench.traffic.load('shop');
    expect(after.sent).toBe(4_000);
    expect(after.failed).toBe(47);
    expect(after.brokenStreams).toBe(5);
    expect(after.longestGapMs).toBeGreaterThanOrEqual(470);
    const stopped = await bench.traffic.setLoad('shop', { requestsPerSecond: 0, path: '/', slowStreams: 0 });
    expect(stopped).toMatchObject({ requestsPerSecond: 0, sent: 4_000, startedAt: null });
  });
});
