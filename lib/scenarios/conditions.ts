import { ACTIVE } from '@/lib/usecases/operations/active';
import type { Command } from './parse-commands';
import type { Stage } from './stage';

type Condition = (stage: Stage, command: Command) => Promise<boolean>;

const cluster = (stage: Stage, name: string) =>
  stage.scene.db.cluster.findFirstOrThrow({ where: { name }, orderBy: { createdAt: 'desc' } });

const isQuiet = async ({ scene }: Stage, name: string): Promise<boolean> =>
  (await scene.db.operation.count({ where: { cluster: { name }, ...ACTIVE } })) === 0;

const lastOperation = ({ scene }: Stage, name: string) =>
  scene.db.operation.findFirstOrThrow({ where: { cluster: { name } }, orderBy: { createdAt: 'desc' } });

const membersOf = async ({ scene }: Stage, name: string): Promise<readonly string[]> => {
  const vms = await scene.db.vm.findMany({
    where: { cluster: { name }, state: { not: 'released' } },
    orderBy: { createdAt: 'asc' },
  });
  return vms.map((vm) => vm.name).sort();
};

const hasBegun = async (stage: Stage, name: string, stepId: string): Promise<boolean> => {
  const { id } = await lastOperation(stage, name);
  const log = await stage.scene.db.operationEvent.findMany({ where: { operationId: id } });
  return log.some(({ fact }) => {
    const { type, stepId: begun } = fact as { readonly type: string; readonly stepId?: string };
    return type === 'step-started' && begun?.startsWith(stepId) === true;
  });
};

/** What `until` waits for, by the word after it. */
export const conditions: Readonly<Record<string, Condition>> = {
  /** `until running shop`: it has what it should have, and nothing is under way. */
  running: async (stage, { words: [, name = ''] }) =>
    (await cluster(stage, name)).state === 'running' && (await isQuiet(stage, name)),
  state: async (stage, { words: [, name = '', state] }) => (await cluster(stage, name)).state === state,
  quiet: async (stage, { words: [, name = ''] }) => isQuiet(stage, name),
  /** `until ended shop done`: its last operation ended so. */
  ended: async (stage, { words: [, name = '', state] }) => (await lastOperation(stage, name)).state === state,
  /** `until vms shop shop-2,shop-3`: just these hold a place. */
  vms: async (stage, { words: [, name = '', vms = ''] }) => (await membersOf(stage, name)).join() === vms,
  /** `until size shop 2`: so many VMs hold a place, and nothing is under way. */
  size: async (stage, { words: [, name = '', count] }) =>
    (await membersOf(stage, name)).length === Number(count) && (await isQuiet(stage, name)),
  gone: async (stage, { words: [, name = ''] }) =>
    (await stage.scene.db.vm.count({ where: { name, state: { not: 'released' } } })) === 0,
  /** `until step shop boot:shop-3`: a step whose id begins so has begun in its last operation. */
  step: (stage, { words: [, name = '', stepId = ''] }) => hasBegun(stage, name, stepId),
  installed: async ({ scene }, { words: [, name = ''] }) =>
    (await scene.db.node.count({ where: { vm: { name }, installedAt: { not: null } } })) > 0,
  alarm: async ({ scene }, { words: [, kind, name] }) =>
    (await scene.db.alarm.count({ where: { kind: kind ?? '', name: name ?? '', resolvedAt: null } })) > 0,
  'no-alarm': async ({ scene }) => (await scene.db.alarm.count({ where: { resolvedAt: null } })) === 0,
  host: async ({ scene }, { words: [, name = '', state] }) =>
    (await scene.db.host.findUniqueOrThrow({ where: { name } })).state === state,
  fault: async ({ scene }, { words: [, kind = '', target = '', state] }) =>
    (await scene.db.labFault.findFirstOrThrow({ where: { kind, target }, orderBy: { requestedAt: 'desc' } })).state ===
    state,
  evaluation: async ({ scene }, { words: [, policy = '', code = ''] }) =>
    (await scene.db.policyEvaluation.findFirst({ where: { policy: { name: policy } }, orderBy: { id: 'desc' } }))
      ?.code === code,
  recommendation: async ({ scene }, { words: [, policy = '', state], options: { asked } }) => {
    const last = await scene.db.recommendation.findFirst({
      where: { policy: { name: policy } },
      orderBy: { createdAt: 'desc' },
    });
    return last?.state === state && (asked === undefined || last?.askedRole === asked);
  },
  /** `until vms-in-world 2`: the hypervisors have so many. */
  'vms-in-world': async ({ scene }, { words: [, count] }) => scene.world.state.vms.size === Number(count),
  holder: async ({ scene }, { words: [, name = ''] }) => {
    const nodes = await scene.db.node.findMany({ where: { holdsVip: true, vm: { name } } });
    return nodes.length === 1;
  },
  leader: async ({ scene }, { words: [, count] }) => (await scene.db.lease.findFirst())?.epoch === Number(count),
};
