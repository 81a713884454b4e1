import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bootVm, holdersOf, memberOf, newBench, newShop, viewOf } from './testing';

describe('election of the VIP holder', () => {
  it('chooses the highest priority, and nobody before the silence has lasted', async () => {
    const bench = newBench();
    await newShop(bench, 3);
    expect(await holdersOf(bench, 3)).toEqual(['vm-3']);
  });

  it('after a crash gives the VIP to the best of the rest, once the takeover time is over', async () => {
    const bench = newBench();
    await newShop(bench, 3);
    const crashedAt = bench.world.nowMs();
    bench.world.faults.crashVm('vm-3');
    await bench.clock.advance(bench.world.durations.takeOverMs - 1);
    expect(await holdersOf(bench, 3)).toEqual([]);
    await bench.clock.advance(1);
    expect(await holdersOf(bench, 3)).toEqual(['vm-2']);
    expect(bench.world.cluster('shop').epochs.at(-1)?.atMs).toBe(crashedAt + bench.world.durations.takeOverMs);
  });

  it('does not give the VIP back to a better one that comes late', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.crashVm('vm-2');
    await bench.clock.advance(1_000);
    await bench.run(() => bench.hypervisor.startVm('vm-2', { deadlineMs: 60_000 }));
    await bench.clock.advance(60_000);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1']);
  });

  it('a member that gave the VIP up does not take it again before it stands', async () => {
    const bench = newBench();
    const view = await newShop(bench, 2);
    await bench.run(() => bench.clustering.yieldVip('vm-2'));
    await bench.clock.advance(bench.world.durations.plannedMoveMs);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1']);
    bench.world.faults.crashVm('vm-1');
    await bench.clock.advance(60_000);
    expect(await holdersOf(bench, 2)).toEqual([]);
    await bench.run(() => bench.clustering.ensureStanding('vm-2', view));
    await bench.clock.advance(bench.world.durations.takeOverMs);
    expect(await holdersOf(bench, 2)).toEqual(['vm-2']);
  });

  it('makes two holders of a cut network, and one again when it heals', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.cutHost('lyon-1', { management: false });
    await bench.clock.advance(1_000);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1', 'vm-2']);
    expect(await bench.traffic.vipHolders('10.77.1.1')).toEqual(['02:00:00:00:00:01']);
    bench.world.faults.healHost('lyon-1');
    await bench.clock.advance(bench.world.durations.advertMs);
    expect(await holdersOf(bench, 2)).toEqual(['vm-2']);
  });

  it('a holder that sends and does not receive gives the VIP up by itself, and stands again when it is answered', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.cutHost('lyon-1', { traffic: 'incoming', management: false });
    await bench.clock.advance(bench.world.durations.deafMs - 1);
    expect(await holdersOf(bench, 2)).toEqual(['vm-2']);
    await bench.clock.advance(1 + bench.world.durations.plannedMoveMs);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1']);
    bench.world.faults.healHost('lyon-1');
    bench.world.faults.crashVm('vm-1');
    await bench.clock.advance(bench.world.durations.takeOverMs);
    expect(await holdersOf(bench, 2)).toEqual(['vm-2']);
  });

  it('a member that hears no holder because it hears nobody does not keep what it took', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.cutHost('paris-1', { traffic: 'incoming', management: false });
    await bench.clock.advance(60_000);
    expect(await holdersOf(bench, 2)).toEqual(['vm-2']);
  });

  it('one that is left over when all others died goes on, and so does one that never had another', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.crashVm('vm-2');
    await bench.clock.advance(60_000);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1']);
  });

  it('a holder that receives and does not send is nobody for clients from the start', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    bench.world.faults.cutHost('lyon-1', { traffic: 'outgoing', management: false });
    await bench.clock.advance(1_000);
    expect(await holdersOf(bench, 2)).toEqual(['vm-1', 'vm-2']);
    expect(await bench.traffic.vipHolders('10.77.1.1')).toEqual(['02:00:00:00:00:01']);
  });

  it('a joiner hears the holder before the others were told of it', async () => {
    const bench = newBench();
    await newShop(bench, 2);
    await bench.run(async () => {
      await bootVm(bench, 3, 'paris-2');
      await bench.clustering.ensureInstalled('vm-3', viewOf([memberOf(3)]));
    });
    await bench.clock.advance(1_000);
    expect(await holdersOf(bench, 3)).toEqual(['vm-2']);
  });
});

type Act = {
  readonly kind: 'crash' | 'start' | 'yield' | 'stand' | 'stop' | 'leave';
  readonly vm: number;
  readonly waitMs: number;
};

const acts: fc.Arbitrary<Act[]> = fc.array(
  fc.record({
    kind: fc.constantFrom('crash', 'start', 'yield', 'stand', 'stop', 'leave'),
    vm: fc.integer({ min: 1, max: 4 }),
    waitMs: fc.integer({ min: 0, max: 900 }),
  }),
  { minLength: 1, maxLength: 12 },
);

it('without a partition there is never more than one holder, whatever happens to the members', async () => {
  await fc.assert(
    fc.asyncProperty(acts, async (list) => {
      const bench = newBench({ durations: { shutDownMs: 100, coldBootMs: 400 } });
      const view = await newShop(bench, 4);
      const perform = ({ kind, vm }: Act): Promise<unknown> => {
        const id = `vm-${vm}`;
        switch (kind) {
          case 'crash':
            bench.world.faults.crashVm(id);
            return Promise.resolve();
          case 'start':
            return bench.hypervisor.startVm(id, { deadlineMs: 10_000 });
          case 'stop':
            return bench.hypervisor.stopVm(id, { deadlineMs: 10_000 });
          case 'yield':
            return bench.clustering.yieldVip(id);
          case 'stand':
            return bench.clustering.ensureStanding(id, view);
          case 'leave':
            return bench.clustering.ensureLeft(id);
        }
      };
      for (const act of list) {
        // A VM that does not run refuses; the rule holds all the same.
        await bench.run(() => perform(act).catch(() => undefined));
        await bench.clock.advance(act.waitMs);
        expect((await holdersOf(bench, 4)).length).toBeLessThanOrEqual(1);
      }
      for (const epoch of bench.world.cluster('shop').epochs) expect(epoch.holders.length).toBeLessThanOrEqual(1);
    }),
    { numRuns: 40 },
  );
});
