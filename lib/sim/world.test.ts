import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '@/lib/clock';
import { createSimulatedHypervisor } from '@/lib/hypervisors/simulated/driver';
import { createSimulatedClustering } from './clustering';
import { largeLab } from './lab';
import { bootVm, holdersOf, LEDGER, newBench, newShop } from './testing';
import { createSimulatedTraffic } from './traffic';
import { createWorld } from './world';

const SHAPE = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };

describe('stored world', () => {
  let folder: string;
  let file: string;
  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), 'headroom-world-'));
    file = path.join(folder, 'state', 'world.json');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('goes on while no process has it open', async () => {
    const bench = newBench({ file });
    await newShop(bench, 2);
    await bench.traffic.setLoad('shop', { requestsPerSecond: 10, path: '/', slowStreams: 0 });
    bench.world.faults.crashVm('vm-2');
    await bench.world.save();

    const clock = new VirtualClock({ startAt: bench.clock.now() });
    await clock.advance(3_600_000);
    const world = createWorld({ clock, file });
    const clustering = createSimulatedClustering(world);
    const traffic = createSimulatedTraffic(world);
    expect((await clustering.status('vm-1')).holdsVip).toBe(true);
    expect((await createSimulatedHypervisor(world).findVm('vm-2'))?.state).toBe('crashed');
    const receipt = await traffic.receipt('shop', bench.clock.now(), clock.now());
    expect(receipt.requests).toBeGreaterThan(70_000);
    expect(receipt.failed).toBeGreaterThan(0);
    expect(receipt.longestGapMs).toBeLessThan(1_000);
    expect((await traffic.load('shop')).sent).toBe(36_000);
    expect(await traffic.listPublished()).toHaveLength(1);
  });

  it('has everything that was answered before the process was killed', async () => {
    const bench = newBench({ file });
    await bench.run(() => bootVm(bench, 1, 'paris-1'));
    // No stop and no save: what a kill leaves.
    const world = createWorld({ clock: bench.clock, file });
    const vms = await createSimulatedHypervisor(world).listVms();
    expect(vms.map((vm) => [vm.id, vm.state])).toEqual([['vm-1', 'running']]);
  });

  it('finishes a start that a killed process had begun', async () => {
    const bench = newBench({ file });
    await bench.run(() => bootVm(bench, 1, 'paris-1'));
    await bench.run(() => bench.hypervisor.killVm('vm-1'));
    const start = bench.hypervisor.startVm('vm-1', { deadlineMs: 60_000 });
    await bench.clock.advance(1_000);
    await bench.world.save();
    const clock = new VirtualClock({ startAt: bench.clock.now() });
    const hypervisor = createSimulatedHypervisor(createWorld({ clock, file }));
    expect((await hypervisor.findVm('vm-1'))?.state).toBe('starting');
    await clock.advance(60_000);
    expect((await hypervisor.findVm('vm-1'))?.state).toBe('running');
    await bench.run(() => start);
  });

  it('is read as an earlier version left it, which did not keep why requests failed', async () => {
    const bench = newBench({ file });
    await newShop(bench, 2);
    const from = bench.clock.now();
    bench.world.faults.crashVm('vm-2');
    await bench.clock.advance(5_000);
    await bench.world.save();
    const withoutCauses = (key: string, value: unknown) => (key === 'failing' ? undefined : value);
    await writeFile(file, JSON.stringify(JSON.parse(await readFile(file, 'utf8')), withoutCauses));
    const traffic = createSimulatedTraffic(createWorld({ clock: bench.clock, file }));
    const { failed, failures } = await traffic.receipt('shop', from, bench.clock.now());
    expect(failed).toBeGreaterThan(0);
    expect(new Set(failures.map(({ error }) => error))).toEqual(new Set(['no node answered']));
  });

  it('is refused, not replaced, when it cannot be read', async () => {
    const broken = path.join(folder, 'broken.json');
    await writeFile(broken, '{"format":99}');
    await expect(createWorld({ file: broken }).open()).rejects.toThrow('cannot be read');
    expect(await readFile(broken, 'utf8')).toBe('{"format":99}');
  });
});

describe('faults', () => {
  it('fails the next call of a kind, so often, for that subject only', async () => {
    const bench = newBench();
    await bench.run(() => bootVm(bench, 1, 'paris-1'));
    await bench.run(() => bootVm(bench, 2, 'paris-1'));
    bench.world.faults.failNext('guest', { times: 2, subject: 'vm-1', code: 'guest_failed' });
    const ping = (id: string) => bench.run(() => bench.hypervisor.guest(id).ping());
    await expect(ping('vm-2')).resolves.toBeUndefined();
    await expect(ping('vm-1')).rejects.toMatchObject({ code: 'guest_failed' });
    await expect(ping('vm-1')).rejects.toMatchObject({ code: 'guest_failed' });
    await expect(ping('vm-1')).resolves.toBeUndefined();
  });

  it('can lose the answer of a call whose work is done', async () => {
    const bench = newBench();
    bench.world.faults.failNext('create', { when: 'after', code: 'deadline' });
    await expect(bench.run(() => bootVm(bench, 1, 'paris-1'))).rejects.toMatchObject({ code: 'deadline' });
    expect((await bench.hypervisor.findVm('vm-1'))?.state).toBe('stopped');
    await bench.run(() => bootVm(bench, 1, 'paris-1'));
    expect(await bench.hypervisor.listVms()).toHaveLength(1);
  });

  it('makes a call take longer', async () => {
    const bench = newBench();
    await bench.run(() => bootVm(bench, 1, 'paris-1'));
    bench.world.faults.slowNext('kill', 5_000);
    const from = bench.world.nowMs();
    await bench.run(() => bench.hypervisor.killVm('vm-1'));
    expect(bench.world.nowMs() - from).toBe(5_000 + bench.world.durations.killMs);
  });

  it('a start that is longer than its deadline ends the VM', async () => {
    const bench = newBench({ durations: { restoreMs: 90_000 } });
    await expect(bench.run(() => bootVm(bench, 1, 'paris-1'))).rejects.toMatchObject({ code: 'deadline' });
    expect((await bench.hypervisor.findVm('vm-1'))?.state).toBe('stopped');
  });

  it('tells nothing of a host that is cut off, and proves nothing about it', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.cutHost('lyon-1');
    expect((await bench.hypervisor.findVm('vm-2'))?.state).toBe('unknown');
    expect((await bench.hypervisor.listHosts()).find((h) => h.id === 'lyon-1')?.reachable).toBe(false);
    await expect(bench.run(() => bench.hypervisor.fenceHost('lyon-1'))).rejects.toMatchObject({ code: 'unreachable' });
    await expect(bench.run(() => bench.hypervisor.fenceVm('vm-2'))).rejects.toMatchObject({ code: 'unreachable' });
    await expect(bench.run(() => bench.clustering.status('vm-2'))).rejects.toMatchObject({ code: 'unreachable' });
    bench.world.faults.healHost('lyon-1');
    expect((await bench.hypervisor.findVm('vm-2'))?.state).toBe('running');
  });

  it('fences by the power controller a host that does not answer itself', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.cutHost('lyon-1', { powerController: true });
    const evidence = await bench.run(() => bench.hypervisor.fenceHost('lyon-1'));
    expect(evidence).toMatchObject({ subject: 'lyon-1', method: 'simulated' });
    bench.world.faults.healHost('lyon-1');
    bench.world.faults.powerOnHost('lyon-1');
    expect((await bench.hypervisor.findVm('vm-2'))?.state).toBe('crashed');
  });

  it('a fence that is not acknowledged proves nothing and changes nothing', async () => {
    const bench = newBench();
    await newShop(bench, 1);
    bench.world.faults.setFenceAcknowledged('paris-1', false);
    await expect(bench.run(() => bench.hypervisor.fenceVm('vm-1'))).rejects.toMatchObject({ code: 'deadline' });
    expect((await bench.hypervisor.findVm('vm-1'))?.state).toBe('running');
  });

  it('a hung holder loses the VIP and does not answer; let go, it gives way within an advert', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.hangVm('vm-2');
    await bench.clock.advance(1_000);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1']);
    await expect(bench.run(() => bench.hypervisor.guest('vm-2').ping())).rejects.toMatchObject({ code: 'deadline' });
    bench.world.faults.unhangVm('vm-2');
    await bench.clock.advance(bench.world.durations.advertMs);
    expect(await holdersOf(bench, 2)).toHaveLength(1);
  });

  it('a full disk stops a stateful application and every change of configuration', async () => {
    const bench = newBench();
    const view = await newShop(bench, 1, LEDGER);
    await bench.run(async () => {
      await bench.hypervisor.createVolume({ id: 'v', sizeGiB: 1 });
      await bench.hypervisor.attachVolume('vm-1', 'v');
      await bench.clustering.ensureVolumeMounted('vm-1', 'v', '/data');
      await bench.clustering.ensureApplicationStarted('vm-1', { deadlineMs: 5_000 });
    });
    bench.world.faults.fillDisk('vm-1');
    expect((await bench.clustering.status('vm-1')).application).toBe('down');
    const changed = { ...view, clusterName: 'other' };
    await expect(bench.run(() => bench.clustering.ensureConfigured('vm-1', changed))).rejects.toMatchObject({
      code: 'guest_failed',
    });
    bench.world.faults.emptyDisk('vm-1');
    expect(await bench.run(() => bench.clustering.ensureConfigured('vm-1', changed))).toBe(true);
    expect(await bench.run(() => bench.clustering.ensureConfigured('vm-1', changed))).toBe(false);
  });

  it('connections drain by themselves, except where they are told never to', async () => {
    const bench = newBench();
    const view = await newShop(bench, 2);
    await bench.traffic.setLoad('shop', { requestsPerSecond: 10, path: '/', slowStreams: 20 });
    await bench.clock.advance(5_000);
    const drained = {
      ...view,
      members: view.members.map((m) => (m.vmId === 'vm-1' ? { ...m, weight: 0, draining: true } : m)),
    };
    const tell = () =>
      bench.run(() => Promise.all(['vm-1', 'vm-2'].map((id) => bench.clustering.ensureConfigured(id, drained))));
    const connections = async () => (await bench.clustering.status('vm-1')).connections;
    expect(await connections()).toBeGreaterThan(5);
    await tell();
    expect(await connections()).toBeGreaterThan(5);
    bench.world.faults.setNeverDrains('vm-1', true);
    await bench.clock.advance(60_000);
    expect(await connections()).toBeGreaterThan(5);
    bench.world.faults.setNeverDrains('vm-1', false);
    expect(await connections()).toBe(0);
    expect((await bench.traffic.load('shop')).brokenStreams).toBe(0);
  });
});

describe('figures', () => {
  it('processor time and requests follow the load and the number of processors', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    const measure = async () => {
      const before = await bench.hypervisor.statistics('vm-1');
      await bench.traffic.nodeMetrics('10.77.0.1');
      await bench.clock.advance(60_000);
      const after = await bench.hypervisor.statistics('vm-1');
      const metrics = await bench.traffic.nodeMetrics('10.77.0.1');
      const busy = (sum: readonly number[]) => sum.reduce((a, b) => a + b, 0);
      return { cpu: (busy(after.vcpuTimesMs) - busy(before.vcpuTimesMs)) / 60_000, ...metrics };
    };
    const calm = await measure();
    expect(calm.requestsPerSecond).toBeCloseTo(10, 1);
    await bench.traffic.setLoad('shop', { requestsPerSecond: 400, path: '/', slowStreams: 0 });
    const busy = await measure();
    expect(busy.requestsPerSecond).toBeCloseTo(210, 1);
    expect(busy.cpu - calm.cpu).toBeCloseTo(0.5, 2);
    expect(busy.latencyP99Ms ?? 0).toBeGreaterThan(calm.latencyP99Ms ?? Number.POSITIVE_INFINITY);
    await bench.traffic.setLoad('shop', { requestsPerSecond: 1_600, path: '/', slowStreams: 0 });
    const over = await measure();
    expect(over.cpu).toBeLessThanOrEqual(1);
    expect(over.requestsPerSecond).toBeCloseTo(400, 1);
    expect(over.errorsPerSecond).toBeCloseTo(410, 1);
  });

  it('have no rate at the first reading, nor without a member that serves', async () => {
    const bench = newBench();
    await newShop(bench, 1);
    expect((await bench.traffic.nodeMetrics('10.77.0.1')).requestsPerSecond).toBeNull();
    expect((await bench.traffic.nodeMetrics('10.77.0.99')).connections).toBeNull();
    await bench.clock.advance(1_000);
    expect((await bench.traffic.nodeMetrics('10.77.0.1')).requestsPerSecond).not.toBeNull();
    bench.world.faults.crashVm('vm-1');
    expect((await bench.traffic.nodeMetrics('10.77.0.1')).requestsPerSecond).toBeNull();
    await expect(bench.hypervisor.statistics('vm-1')).rejects.toMatchObject({ code: 'wrong_state' });
  });

  it('never run backwards, however often they are read', async () => {
    const bench = newBench({
      demand: () => ({ meanRequestsPerSecond: 100, swingRequestsPerSecond: 90, periodMs: 86_400_000, phase: 0.3 }),
    });
    await newShop(bench, 2);
    let last = 0;
    for (const ms of [1, 7, 500, 60_000, 86_400_000, 3, 400_000]) {
      await bench.clock.advance(ms);
      const [now = 0] = (await bench.hypervisor.statistics('vm-1')).vcpuTimesMs;
      expect(now).toBeGreaterThan(last);
      last = now;
    }
  });
});

it('ten thousand VMs keep no timer and their facts are read at once', async () => {
  const bench = newBench({ lab: largeLab({ sites: ['north', 'south'], hosts: 2_000 }) });
  const imageKey = await bench.run(() => bench.hypervisor.ensureImage({ packages: [] }, () => undefined));
  await bench.run(() =>
    Promise.all(
      Array.from({ length: 10_000 }, async (_, i) => {
        const site = i % 2 === 0 ? 'north' : 'south';
        await bench.hypervisor.createVm({
          id: `vm-${i}`,
          name: `vm-${i}`,
          hostId: `${site}-${(Math.floor(i / 2) % 1_000) + 1}`,
          shape: SHAPE,
          imageKey,
          nic: {
            mac: `02:00:00:00:${i >> 8}:${i & 255}`,
            address: `10.${i >> 16}.${(i >> 8) & 255}.${i & 255}`,
            prefixLength: 8,
          },
        });
        await bench.hypervisor.startVm(`vm-${i}`, { deadlineMs: 60_000 });
      }),
    ),
  );
  expect(bench.clock.pending).toBe(0);
  await bench.clock.advance(86_400_000);
  const vms = await bench.hypervisor.listVms();
  expect(vms.filter((vm) => vm.state === 'running')).toHaveLength(10_000);
  expect((await bench.hypervisor.statistics('vm-9999')).vcpuTimesMs[0]).toBeGreaterThan(0);
});
