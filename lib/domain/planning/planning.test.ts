import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Plan, PlanStep } from '../plan';
import { addShapes, type Shape, shapeFits, subtractShapes } from '../shape';
import { canonicalPlan, planCreate, planDelete, planEvacuate, planFailover, planRecover, planRequirements } from '.';
import { LARGE, observedCluster, requirements, SMALL } from './testing';
import type { ObservedCluster, PlanResult } from './types';

const planned = (result: PlanResult): Plan => {
  if (!result.ok) throw new Error(`refused: ${result.code} ${result.message}`);
  return result.plan;
};
const refused = (result: PlanResult): string => (result.ok ? 'planned' : result.code);
const idsOf = (plan: Plan): readonly string[] => plan.steps.map((s) => s.id);

/** All steps that must end before this one starts. */
function ancestors(plan: Plan, id: string): ReadonlySet<string> {
  const step = plan.steps.find((s) => s.id === id);
  const direct = step?.after ?? [];
  return new Set(direct.flatMap((d) => [d, ...ancestors(plan, d)]));
}

describe('a new cluster', () => {
  const empty = observedCluster({ nodesOn: [] });

  it('is spread over hosts and sites, published, and seen to answer', () => {
    const plan = planned(planCreate(empty, requirements({ nodes: 3 })));
    expect(new Set(plan.creates.map((vm) => vm.hostId)).size).toBe(3);
    expect(new Set(plan.creates.slice(0, 2).map((vm) => vm.siteName)).size).toBe(2);
    expect(ancestors(plan, 'verify:shop-1')).toContain('publish:shop');
    expect(plan.steps.some((s) => s.movesTraffic)).toBe(false);
  });

  it('is refused with what is missing when no host can take a node', () => {
    const result = planCreate(empty, requirements({ nodes: 5 }));
    expect(refused(result)).toBe('no_capacity');
    expect(result.ok ? '' : result.message).toContain('paris-1 has a node of this cluster already');
  });

  it.each([
    ['zero nodes', { nodes: 0 }],
    ['memory that is no multiple of a block', { shape: { ...SMALL, memoryMiB: 300 } }],
    ['more vCPUs than a guest takes', { shape: { ...SMALL, vcpus: 9 } }],
  ])('is refused with %s', (_, change) => {
    expect(refused(planCreate(empty, requirements(change)))).toBe('impossible');
  });

  it('with a data volume starts the application where the volume is', () => {
    const plan = planned(planCreate(observedCluster({ nodesOn: [], stateful: true }), requirements()));
    expect(ancestors(plan, 'startApplication:shop-1')).toContain('attachVolume:shop-1');
    expect(idsOf(plan)).not.toContain('startApplication:shop-2');
  });
});

describe('a change of shape', () => {
  it('builds together, moves one pair after another, and destroys only what was succeeded through the VIP', () => {
    const plan = planned(planRequirements(observedCluster(), requirements({ shape: LARGE })));
    expect(plan.pairing).toEqual([
      { from: 'shop-1', to: 'shop-3' },
      { from: 'shop-2', to: 'shop-4' },
    ]);
    expect(ancestors(plan, 'destroy:shop-1')).toContain('verify:shop-3');
    expect(ancestors(plan, 'drain:shop-2')).toContain('verify:shop-3');
    expect(ancestors(plan, 'reserve:shop-4').size).toBe(0);
    expect(ancestors(plan, 'drain:shop-1')).toContain('verify:shop-3');
    const undoable = plan.steps.filter((s) => !s.movesTraffic).map((s) => s.id);
    expect(undoable).toContain('verify:shop-3');
    expect(undoable).not.toContain('drain:shop-1');
  });

  it('holds all places but builds one after another where guests are emulated', () => {
    const observed = observedCluster();
    const { inventory } = observed;
    const emulated = { ...inventory, hosts: inventory.hosts.map((host) => ({ ...host, emulated: true })) };
    const plan = planned(planRequirements({ ...observed, inventory: emulated }, requirements({ shape: LARGE })));
    expect(ancestors(plan, 'reserve:shop-4').size).toBe(0);
    expect(ancestors(plan, 'create:shop-4')).toContain('verify:shop-3');
    expect(ancestors(plan, 'create:shop-4')).not.toContain('drain:shop-1');
  });

  it('goes pair by pair where old and new do not fit together', () => {
    const capacity = { vcpus: 2, memoryMiB: 512, diskGiB: 8 };
    const full = observedCluster({
      nodesOn: ['paris-1', 'paris-2', 'lyon-1'],
      capacity,
      requirements: requirements({ nodes: 3 }),
    });
    const plan = planned(planRequirements(full, requirements({ nodes: 3, shape: LARGE })));
    expect(ancestors(plan, 'reserve:shop-5')).toContain('release:shop-1');
    expect(plan.extraWhileRunning).toEqual(LARGE);
  });

  it('is refused when it would have to take the old node away first', () => {
    const capacity = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };
    const full = observedCluster({
      nodesOn: ['paris-1', 'paris-2', 'lyon-1', 'lyon-2'],
      capacity,
      requirements: requirements({ nodes: 4 }),
    });
    expect(refused(planRequirements(full, requirements({ nodes: 4, shape: LARGE })))).toBe('no_capacity');
  });

  it('with a data volume hands it over while requests wait', () => {
    const plan = planned(planRequirements(observedCluster({ stateful: true }), requirements({ shape: LARGE })));
    expect(plan.mode).toBe('move');
    const order = [
      'holdRequests:shop',
      'stopApplication:shop-1',
      'detachVolume:shop-1',
      'attachVolume:shop-3',
      'startApplication:shop-3',
      'releaseRequests:shop',
    ];
    expect(idsOf(plan).filter((id) => order.includes(id))).toEqual(order);
    expect(ancestors(plan, 'destroy:shop-1')).toContain('releaseRequests:shop');
    expect(ancestors(plan, 'holdRequests:shop')).toContain('healthy:shop-4');
    expect(ancestors(plan, 'activate:shop-4')).toContain('releaseRequests:shop');
  });

  it('of a stateful cluster in another mode is refused with the mode to use', () => {
    const result = planRequirements(observedCluster({ stateful: true }), requirements({ shape: LARGE }), {
      mode: 'cluster',
    });
    expect(result.ok ? '' : result.message).toContain('use mode "move"');
  });

  it('that changes nothing is refused', () => {
    expect(refused(planRequirements(observedCluster(), requirements()))).toBe('impossible');
  });
});

describe('pairing', () => {
  const change = (pairing: readonly { from: string; to: string }[]) =>
    planRequirements(observedCluster(), requirements({ shape: LARGE }), { pairing });

  it('is kept as the operator gives it', () => {
    const plan = planned(change([{ from: 'shop-1', to: 'new-2' }]));
    expect(plan.pairing).toContainEqual({ from: 'shop-1', to: 'shop-4' });
    expect(plan.pairing).toContainEqual({ from: 'shop-2', to: 'shop-3' });
  });

  it.each([
    [
      'a node twice',
      [
        { from: 'shop-1', to: 'new-1' },
        { from: 'shop-1', to: 'new-2' },
      ],
    ],
    [
      'two nodes to one new VM',
      [
        { from: 'shop-1', to: 'new-1' },
        { from: 'shop-2', to: 'new-1' },
      ],
    ],
    ['an unknown node', [{ from: 'shop-9', to: 'new-1' }]],
    ['an unknown target', [{ from: 'shop-1', to: 'new-9' }]],
  ])('of %s is refused', (_, pairing) => {
    expect(refused(change(pairing))).toBe('pairing_invalid');
  });
});

describe('one node', () => {
  it('fails over to a spare first, and the spare is made again', () => {
    const plan = planned(
      planFailover(observedCluster({ sparesOn: ['lyon-2'], requirements: requirements({ spares: 1 }) }), {
        from: 'shop-1',
      }),
    );
    expect(plan.pairing).toEqual([{ from: 'shop-1', to: 'shop-3' }]);
    expect(idsOf(plan)).toContain('takeSpare:shop-3');
    expect(idsOf(plan)).toContain('makeSpare:shop-4');
  });

  it('is rebuilt on the host that is named', () => {
    const plan = planned(planFailover(observedCluster(), { from: 'shop-1', to: 'lyon-2' }));
    expect(plan.creates.map((vm) => vm.hostName)).toEqual(['lyon-2']);
    expect(plan.kind).toBe('migrate');
  });

  it('that is dead is not drained', () => {
    const plan = planned(planRecover(observedCluster({ dead: ['shop-1'] }), ['shop-1']));
    expect(idsOf(plan).some((id) => id.startsWith('drain:'))).toBe(false);
    expect(ancestors(plan, 'destroy:shop-1')).toContain('verify:shop-3');
  });

  it('that is dead gives way to a spare that is ready, and dead ones and dead spares are replaced all at once', () => {
    const given = observedCluster({ sparesOn: ['paris-2', 'lyon-2'], dead: ['shop-1', 'shop-2'] });
    const vms = given.inventory.vms.map((vm) => (vm.name === 'shop-3' ? { ...vm, state: 'failed' as const } : vm));
    const observed = { ...given, inventory: { ...given.inventory, vms } };
    const one = planned(planRecover(observed, ['shop-1']));
    expect(one.pairing).toEqual([{ from: 'shop-1', to: 'shop-4' }]);
    const all = planned(planRecover(observed, ['shop-1', 'shop-2', 'shop-3']));
    expect(all.pairing).toEqual([
      { from: 'shop-1', to: 'shop-4' },
      { from: 'shop-2', to: 'shop-5' },
    ]);
    expect(all.removes.map((vm) => vm.name)).toEqual(expect.arrayContaining(['shop-1', 'shop-2', 'shop-3']));
    expect(all.creates.filter((vm) => vm.role === 'spare').length).toBe(2);
    expect(refused(planRecover(observed, ['shop-9']))).toBe('not_found');
  });

  it('leaves a host under maintenance for another one', () => {
    const plan = planned(planEvacuate(observedCluster(), 'paris-1'));
    expect(plan.creates.map((vm) => vm.hostId)).not.toContain('paris-1');
    expect(plan.removes.map((vm) => vm.name)).toEqual(['shop-1']);
  });

  it('is not removed when it is the last healthy one', () => {
    const sick = observedCluster();
    const one: ObservedCluster = {
      ...sick,
      nodes: sick.nodes.map((n, i) => ({ ...n, healthy: i === 0, state: 'active' })),
    };
    const result = planRequirements(one, requirements({ nodes: 1 }));
    const removes = result.ok ? result.plan.removes.map((vm) => vm.name) : [];
    expect(removes).not.toContain('shop-1');
  });
});

it('deleting a cluster takes every VM and the volume away before the cluster', () => {
  const plan = planned(planDelete(observedCluster({ stateful: true })));
  const needed = ancestors(plan, 'deleteCluster:shop');
  for (const id of ['release:shop-1', 'release:shop-2', 'destroyVolume:shop', 'unpublish:shop'])
    expect(needed).toContain(id);
});

it('the same input gives the same plan, to the letter', () => {
  const make = () => canonicalPlan(planned(planRequirements(observedCluster(), requirements({ shape: LARGE }))));
  expect(make()).toBe(make());
});

/** Runs a plan in a random topological order and calls back after each step. */
function walk(plan: Plan, pick: (n: number) => number, visit: (step: PlanStep) => void): void {
  const done = new Set<string>();
  while (done.size < plan.steps.length) {
    const ready = plan.steps.filter((s) => !done.has(s.id) && s.after.every((a) => done.has(a)));
    const step = ready[pick(ready.length)];
    if (step === undefined) throw new Error('the plan has a cycle');
    visit(step);
    done.add(step.id);
  }
}

const anyShape = fc.record({
  vcpus: fc.integer({ min: 1, max: 4 }),
  memoryMiB: fc.integer({ min: 2, max: 8 }).map((n) => n * 128),
  diskGiB: fc.constant(4),
});

it('in any order of execution no host holds more than it has, and a new node answers before an old one goes', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 4 }),
      fc.integer({ min: 1, max: 4 }),
      anyShape,
      anyShape,
      fc.boolean(),
      fc.infiniteStream(fc.nat()),
      (from, to, oldShape, newShape, stateful, picks) => {
        const names = ['paris-1', 'lyon-1', 'paris-2', 'lyon-2'];
        const observed = observedCluster({
          nodesOn: names.slice(0, from),
          requirements: requirements({ nodes: from, shape: oldShape }),
          capacity: { vcpus: 6, memoryMiB: 1536, diskGiB: 16 },
          stateful,
        });
        const result = planRequirements(observed, requirements({ nodes: to, shape: newShape }));
        if (!result.ok) return;
        const free = new Map(observed.inventory.hosts.map((h) => [h.id, h.capacity]));
        const hold = (hostId: string, f: typeof addShapes, shape: Shape): void => {
          const now = free.get(hostId);
          if (now !== undefined) free.set(hostId, f(now, shape));
        };
        for (const vm of observed.inventory.vms) hold(vm.hostId, subtractShapes, vm.shape);
        const verified = new Set<string>();
        let attachments = stateful ? 1 : 0;
        walk(
          result.plan,
          (n) => (picks.next().value ?? 0) % n,
          (step) => {
            if (step.kind === 'reserve') {
              expect(shapeFits(step.args.shape, free.get(step.args.hostId) ?? SMALL)).toBe(true);
              hold(step.args.hostId, subtractShapes, step.args.shape);
            }
            if (step.kind === 'verify') verified.add(step.args.vmId);
            if (step.kind === 'attachVolume') attachments += 1;
            if (step.kind === 'detachVolume') attachments -= 1;
            expect(attachments).toBeLessThanOrEqual(1);
            const gone =
              step.kind === 'release' ? result.plan.removes.find((vm) => vm.vmId === step.args.vmId) : undefined;
            if (gone !== undefined) {
              hold(gone.hostId, addShapes, gone.shape);
              const heir = result.plan.pairing.find((p) => p.from === gone.name)?.to;
              const heirId = result.plan.creates.find((vm) => vm.name === heir)?.vmId;
              if (heirId !== undefined) expect(verified).toContain(heirId);
            }
          },
        );
      },
    ),
    { numRuns: 300 },
  );
});
