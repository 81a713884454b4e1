import type { DatabaseConnection } from '@/lib/db/client';
import { ensureFirstRate } from '@/lib/usecases/billing/rates';
import { systemActor, type UseCaseContext } from '@/lib/usecases/context';
import { createToken } from '@/lib/usecases/tokens/tokens';
import { createUser } from '@/lib/usecases/users/create-user';
import { ensureBuiltInWorkloads } from '@/lib/usecases/workloads/ensure-built-in';
import { builtInWorkloads } from '@/lib/workloads';

export const CLUSTERS = 1_000;
export const VMS_PER_CLUSTER = 10;
const HOSTS = 200;

export const PERSON = { email: 'bench@example.org', password: 'a password of the bench', name: 'Bench' } as const;

const contextOf = (connection: DatabaseConnection): UseCaseContext => ({
  db: connection.prisma,
  actor: systemActor('bench'),
  clock: () => new Date(),
  requestId: 'bench',
});

/** Statements that make a large installation, each of rows that the database makes itself. */
const ROWS: readonly string[] = [
  `insert into "Site" ("id", "name") select 'site-' || n, 'site-' || n from generate_series(1, 4) n`,
  `insert into "Host" ("id", "name", "siteId", "vcpus", "memoryMiB", "diskGiB", "hypervisor", "accelerator", "seenAt")
   select 'host-' || n, 'host-' || n, 'site-' || 1 + n % 4, 96, 65536, 2000, 'simulated', 'simulated', now()
   from generate_series(0, ${HOSTS - 1}) n`,
  `insert into "Cluster" ("id", "name", "state", "workloadId", "vip", "virtualRouterId", "gatewayPort", "nextOrdinal")
   select 'c' || n, 'cluster-' || lpad(n::text, 4, '0'), (case when n % 97 = 0 then 'degraded' else 'running' end)::"ClusterState",
     (select "id" from "Workload" where "name" = 'web'), '10.200.' || n / 250 || '.' || n % 250, 1 + n % 250, 30000 + n,
     ${VMS_PER_CLUSTER + 1}
   from generate_series(0, ${CLUSTERS - 1}) n`,
  `insert into "RequirementsRevision" ("clusterId", "generation", "nodes", "vcpus", "memoryMiB", "diskGiB", "spread",
     "spares", "author", "reason")
   select 'c' || n, 1, ${VMS_PER_CLUSTER}, 1, 256, 4, 'host', 0, 'bench', '' from generate_series(0, ${CLUSTERS - 1}) n`,
  `insert into "Vm" ("id", "name", "clusterId", "hostId", "role", "state", "vcpus", "memoryMiB", "diskGiB", "imageKey",
     "address", "mac", "accelerator", "startedAt")
   select 'v' || n || '-' || k, 'cluster-' || lpad(n::text, 4, '0') || '-' || k, 'c' || n,
     'host-' || (n * ${VMS_PER_CLUSTER} + k) % ${HOSTS}, 'node', 'running', 1, 256, 4, 'image',
     '10.100.' || (n * ${VMS_PER_CLUSTER} + k) / 250 || '.' || (n * ${VMS_PER_CLUSTER} + k) % 250,
     '52:54:00:' || lpad(to_hex(n / 256), 2, '0') || ':' || lpad(to_hex(n % 256), 2, '0') || ':' || lpad(to_hex(k), 2, '0'),
     'simulated', now()
   from generate_series(0, ${CLUSTERS - 1}) n, generate_series(1, ${VMS_PER_CLUSTER}) k`,
  `insert into "Node" ("vmId", "clusterId", "state", "observedAt", "holdsVip", "healthy", "connections", "installedAt")
   select "id", "clusterId", 'active', now() + interval '1 hour', "name" like '%-1', true, 3, now() from "Vm"`,
  `insert into "NodeHealth" ("vmId", "clusterId", "verdict", "reason", "since", "witnesses", "at")
   select "id", "clusterId", 'healthy', 'All see it work', now(), '{}', now() from "Vm"`,
  `insert into "UsageOpen" ("runId", "resource", "resourceId", "name", "runStartedAt", "startedAt", "seenAt", "tier",
     "clusterId", "clusterName", "costCentre", "site", "host", "vcpus", "memoryMiB", "diskGiB", "actor", "reason")
   select 'r' || "id", 'vm', "id", "name", now() - interval '3 hours', now() - interval '3 hours', now(), 'service',
     "clusterId", "clusterId", 'default', 'site-1', "hostId", 1, 256, 4, 'bench', '' from "Vm"`,
  `insert into "MetricSample" ("clusterId", "vmId", "at", "cpu", "memory", "requestsPerSecond", "latencyP50Ms",
     "latencyP99Ms", "errorsPerSecond", "connections")
   select 'c' || n, '', now() - s * interval '10 seconds', 0.3, 0.6, 40 + n % 20, 2, 12, 0, 3
   from generate_series(0, ${CLUSTERS - 1}) n, generate_series(0, 60) s`,
  `insert into "MetricSample" ("clusterId", "vmId", "at", "cpu", "memory", "requestsPerSecond", "latencyP50Ms",
     "latencyP99Ms", "errorsPerSecond", "connections")
   select 'c1', 'v1-' || k, now() - s * interval '2 seconds', 0.3, 0.6, 4, 2, 12, 0, 3
   from generate_series(1, ${VMS_PER_CLUSTER}) k, generate_series(0, 300) s`,
  'analyze',
];

/** Fills an empty database; resolves with an API token. */
export const seedConsole = async (connection: DatabaseConnection): Promise<string> => {
  const context = contextOf(connection);
  await ensureBuiltInWorkloads(context, builtInWorkloads);
  await ensureFirstRate(context);
  for (const statement of ROWS) await connection.pool.query(statement);
  await createUser(context, { ...PERSON, role: 'admin' });
  return (await createToken(context, { name: 'bench', role: 'viewer' })).token;
};
