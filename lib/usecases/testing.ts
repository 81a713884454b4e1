import { randomUUID } from 'node:crypto';
import { hashPassword } from '@/lib/auth/password';
import type { Role } from '@/lib/domain/role';
import type { WorkloadSpec } from '@/lib/domain/workload';
import type { Actor, Database, UseCaseContext } from './context';
import { newId } from './ids';
import { toSpecJson } from './workloads/view';

/** What tests of use cases, the API and the command line share. */
export const actorOf = (role: Role): Actor => ({ kind: 'user', id: `id-${role}`, name: `${role}@example.org`, role });

export const contextOf = (db: Database, role: Role = 'admin'): UseCaseContext => ({
  db,
  actor: actorOf(role),
  clock: () => new Date(),
  requestId: randomUUID(),
});

/** Keeps a person's password by a hash that costs next to nothing, for tests in which they sign in often. */
export const cheapenPassword = async (db: Database, userId: string, password: string): Promise<void> => {
  const passwordHash = await hashPassword(password, { cost: 2, blockSize: 1, parallelization: 1 });
  await db.user.update({ where: { id: userId }, data: { passwordHash } });
};

export const TEST_WORKLOAD: WorkloadSpec = {
  name: 'web',
  description: 'Answers with the name of its node.',
  packages: ['nginx-light'],
  files: [],
  startCommand: '/usr/sbin/nginx -g "daemon off;"',
  port: 8080,
  servicePort: 80,
  healthPath: '/healthz',
  probePath: '/',
  maxConnections: 64,
  volume: null,
};

export const TEST_LEDGER: WorkloadSpec = {
  ...TEST_WORKLOAD,
  name: 'ledger',
  description: 'Keeps what it accepts.',
  volume: { mountPath: '/var/lib/ledger', sizeGiB: 1 },
};

export const insertWorkload = async (db: Database, spec: WorkloadSpec, builtIn = true): Promise<void> => {
  await db.workload.create({
    data: { id: newId(), name: spec.name, builtIn, spec: toSpecJson(spec), createdBy: 'system set-up' },
  });
};

/** Two sites with two hosts each of 8 vCPUs, 8 GiB of memory and 64 GiB of disk. */
export const insertHosts = async (db: Database): Promise<void> => {
  for (const site of ['paris', 'lyon']) {
    await db.site.create({ data: { id: site, name: site } });
    for (const n of [1, 2]) {
      const name = `${site}-${n}`;
      await db.host.create({
        data: {
          id: name,
          name,
          siteId: site,
          vcpus: 8,
          memoryMiB: 8_192,
          diskGiB: 64,
          hypervisor: 'simulated',
          accelerator: 'simulated',
          seenAt: new Date(),
        },
      });
    }
  }
};

/** Rows of every table that an act could write; equal counts before and after say that nothing was recorded. */
export const countRows = async (db: Database): Promise<Readonly<Record<string, number>>> => {
  const counts = await Promise.all([
    db.user.count(),
    db.apiToken.count(),
    db.workload.count(),
    db.cluster.count(),
    db.requirementsRevision.count(),
    db.vm.count(),
    db.node.count(),
    db.operation.count(),
    db.operationEvent.count(),
    db.event.count(),
    db.auditEntry.count(),
    db.policy.count(),
    db.recommendation.count(),
    db.notificationChannel.count(),
    db.notificationDelivery.count(),
  ]);
  const names = [
    'user',
    'token',
    'workload',
    'cluster',
    'revision',
    'vm',
    'node',
    'operation',
    'log',
    'event',
    'audit',
    'policy',
    'recommendation',
    'channel',
    'delivery',
  ];
  return Object.fromEntries(names.map((name, i) => [name, counts[i] ?? 0]));
};
