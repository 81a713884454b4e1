import type { SearchHit, SearchResult } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { authorise, type UseCaseContext } from '../context';

/** Of each kind: who finds more than that types another letter, or opens the list. */
const PER_KIND = 6;

const newestFirst = { createdAt: 'desc' } as const;

/** Everything the caller may see whose name or address has this in it, in either case. */
export const search = async (context: UseCaseContext, { q }: { readonly q: string }): Promise<SearchResult> => {
  authorise(context, 'cluster.read');
  const { db, actor } = context;
  const has = { contains: q, mode: 'insensitive' } as const;
  const [clusters, vms, hosts, operations, policies, workloads, people] = await Promise.all([
    db.cluster.findMany({
      where: { state: { not: 'deleted' }, OR: [{ name: has }, { vip: has }] },
      orderBy: { name: 'asc' },
      take: PER_KIND,
    }),
    db.vm.findMany({
      where: { state: { not: 'released' }, OR: [{ name: has }, { address: has }, { mac: has }] },
      orderBy: { name: 'asc' },
      take: PER_KIND,
      include: { host: { select: { name: true } } },
    }),
    db.host.findMany({
      where: { OR: [{ name: has }, { site: { name: has } }] },
      orderBy: { name: 'asc' },
      take: PER_KIND,
      include: { site: true },
    }),
    db.operation.findMany({
      where: { OR: [{ id: has }, { reason: has }, { requestedBy: has }, { cluster: { name: has } }] },
      orderBy: newestFirst,
      take: PER_KIND,
      include: { cluster: { select: { name: true } } },
    }),
    db.policy.findMany({
      where: { OR: [{ name: has }, { cluster: { name: has } }] },
      orderBy: { name: 'asc' },
      take: PER_KIND,
      include: { cluster: { select: { name: true } } },
    }),
    db.workload.findMany({ where: { name: has }, orderBy: { name: 'asc' }, take: PER_KIND }),
    roleCan(actor.role, 'users.write')
      ? db.user.findMany({ where: { OR: [{ name: has }, { email: has }] }, orderBy: { email: 'asc' }, take: PER_KIND })
      : [],
  ]);
  const items: SearchHit[] = [
    ...clusters.map(({ name, vip, state }) => hit('cluster', name, `${vip} · ${state}`, `/clusters/${name}`)),
    ...hosts.map(({ name, site, state }) => hit('host', name, `${site.name} · ${state}`, `/hosts/${name}`)),
    ...vms.map(({ name, address, host }) =>
      hit('vm', name, `${address} on ${host.name}`, `/vms?q=${encodeURIComponent(name)}`),
    ),
    ...policies.map(({ name, cluster, mode }) => hit('policy', name, `${cluster.name} · ${mode}`, `/policies/${name}`)),
    ...workloads.map(({ name, builtIn }) => hit('workload', name, builtIn ? 'built in' : 'own', `/workloads/${name}`)),
    ...operations.map(({ id, kind, cluster, state, requestedBy }) =>
      hit('operation', `${kind} ${cluster.name}`, `${state} · ${requestedBy}`, `/operations/${id}`),
    ),
    ...people.map(({ name, email, role }) => hit('person', name, `${email} · ${role}`, '/settings/people')),
  ];
  return { items };
};

const hit = (kind: SearchHit['kind'], label: string, note: string, href: string): SearchHit => ({
  kind,
  label,
  note,
  href,
});
