import { checkLedger } from '@/lib/domain/usage/check';
import type { UsageFact, UsageInterval } from '@/lib/domain/usage/types';
import { verifyAudit } from '@/lib/usecases/audit/audit';
import { ACTIVE } from '@/lib/usecases/operations/active';
import { readFacts, readIntervals } from '@/lib/usecases/usage/read-ledger';
import type { Stage } from './stage';

/** How everything stands at the end; what must not be so is a violation. */
export const closingLines = async (stage: Stage, since: Date): Promise<readonly string[]> => {
  await findLeftOver(stage);
  await checkChains(stage);
  return [
    'In the end',
    ...(await clusterLines(stage, since)),
    ...(await hostLines(stage)),
    ...(await usageLines(stage)),
    ...(await openLines(stage)),
  ];
};

const clusterLines = async ({ scene }: Stage, since: Date): Promise<readonly string[]> => {
  const clusters = await scene.db.cluster.findMany({
    orderBy: [{ name: 'asc' }, { createdAt: 'asc' }],
    include: {
      vms: {
        where: { state: { not: 'released' } },
        orderBy: { createdAt: 'asc' },
        include: { node: true, host: true },
      },
      revisions: { orderBy: { generation: 'desc' }, take: 1 },
    },
  });
  const lines: string[] = [];
  for (const { id, name, state, vms, revisions } of clusters) {
    const [wanted] = revisions;
    const asked = wanted === undefined ? '' : `, ${wanted.nodes} nodes and ${wanted.spares} spares wanted`;
    lines.push(`  cluster ${name}: ${state}${state === 'deleted' ? '' : asked}`);
    for (const vm of [...vms].sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const role = vm.node === null ? vm.role : `node ${vm.node.state}`;
      const runs = vm.node?.runsApplication === false ? ', standby' : '';
      lines.push(
        `    ${vm.name} on ${vm.host.name}: ${role}${runs}, ${vm.state}, ${vm.vcpus} vCPU ${vm.memoryMiB} MiB`,
      );
    }
    const seen = await scene.traffic.receipt(id, since, scene.clock.now()).catch(() => null);
    if (seen !== null)
      lines.push(
        `    clients: ${seen.requests} requests, ${seen.failed} failed, longest gap ${Math.round(seen.longestGapMs)} ms`,
      );
  }
  return lines;
};

const hostLines = async ({ scene }: Stage): Promise<readonly string[]> => {
  const hosts = await scene.db.host.findMany({ where: { state: { not: 'up' } }, orderBy: { name: 'asc' } });
  return hosts.map(({ name, state }) => `  host ${name}: ${state}`);
};

/** Whole seconds by tier and end, as the ledger has them. */
const usageLines = async ({ scene }: Stage): Promise<readonly string[]> => {
  const intervals = await scene.db.usageInterval.findMany({
    where: { resource: 'vm' },
    orderBy: [{ startedAt: 'asc' }, { name: 'asc' }],
  });
  return intervals.map(
    ({ name, tier, startedAt, endedAt, endReason }) =>
      `  usage ${name} (${tier}): ${((endedAt.getTime() - startedAt.getTime()) / 1_000).toFixed(3)} s, then ${endReason || 'given back'}`,
  );
};

const openLines = async ({ scene }: Stage): Promise<readonly string[]> => {
  const alarms = await scene.db.alarm.findMany({
    where: { resolvedAt: null },
    orderBy: [{ kind: 'asc' }, { name: 'asc' }],
  });
  return alarms.map(({ kind, name }) => `  alarm open: ${kind} ${name}`);
};

/** What the database has is there, and nothing else. */
const findLeftOver = async (stage: Stage): Promise<void> => {
  const { scene } = stage;
  const rows = await scene.db.vm.findMany({ where: { state: { not: 'released' } } });
  const known = new Map(rows.map((row) => [row.id, row]));
  for (const vm of scene.world.state.vms.values())
    if (!known.has(vm.id)) stage.violate(`left-over: VM ${vm.name} is on ${vm.hostId}, and is nobody's`);
  for (const row of rows) {
    const vm = scene.world.findVm(row.id);
    if (vm === null) stage.violate(`left-over: the database has VM ${row.name}, and no hypervisor has`);
    else if (row.state === 'running' && vm.run !== 'running')
      stage.violate(`left-over: ${row.name} runs by the database, and is ${vm.run}`);
  }
  const volumes = new Set((await scene.db.volume.findMany({ where: { destroyedAt: null } })).map(({ id }) => id));
  for (const { id } of scene.world.state.volumes.values())
    if (!volumes.has(id)) stage.violate(`left-over: volume ${id} is nobody's`);
  const active = await scene.db.operation.findMany({
    where: ACTIVE,
    include: { cluster: true },
  });
  for (const { kind, cluster } of active) stage.violate(`left-over: ${kind} of ${cluster.name} is still under way`);
};

const checkChains = async (stage: Stage): Promise<void> => {
  const { scene } = stage;
  const facts: UsageFact[] = [];
  const intervals: UsageInterval[] = [];
  for await (const batch of readFacts(scene.db)) facts.push(...batch);
  for await (const batch of readIntervals(scene.db)) intervals.push(...batch);
  for (const problem of checkLedger(facts, intervals)) stage.violate(`open-ledger: ${JSON.stringify(problem)}`);
  const { ok, message } = await verifyAudit(scene.asAdministrator);
  if (!ok) stage.violate(`open-ledger: ${message}`);
};
