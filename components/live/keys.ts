import type { EventView } from '@/lib/domain/contract';

/**
 * Keys of everything read from the API. The first part is the noun, so that an event can make all views of it stale;
 * the second an id, name or `list`.
 */
export const keys = {
  status: ['status'],
  overview: ['overview', 'now'],
  today: ['overview', 'today'],
  clusters: ['clusters', 'list'],
  cluster: (idOrName: string) => ['clusters', idOrName],
  revisions: (idOrName: string) => ['clusters', idOrName, 'revisions'],
  metrics: (clusterId: string, window: string) => ['metrics', clusterId, window],
  operations: (filter: Readonly<Record<string, string>> = {}) => ['operations', 'list', filter],
  operation: (id: string) => ['operations', id],
  hosts: ['hosts', 'list'],
  host: (idOrName: string) => ['hosts', idOrName],
  vm: (id: string) => ['vms', id],
  alarms: (filter: Readonly<Record<string, string>> = {}) => ['alarms', 'list', filter],
  health: (clusterId: string) => ['health', clusterId],
  notices: ['notices'],
  search: (q: string) => ['search', q],
  lab: ['lab', 'list'],
  workloads: ['workloads', 'list'],
  workload: (idOrName: string) => ['workloads', idOrName],
  policies: ['policies', 'list'],
  policy: (idOrName: string) => ['policies', idOrName],
  evaluations: (policyId: string, filter: Readonly<Record<string, string>> = {}) => [
    'policies',
    policyId,
    'evaluations',
    filter,
  ],
  recommendations: (filter: Readonly<Record<string, string>> = {}) => ['recommendations', 'list', filter],
  recommendation: (id: string) => ['recommendations', id],
} as const;

/** What the overview shows changes with these. */
const ON_OVERVIEW = new Set<EventView['kind']>(['cluster', 'node', 'operation', 'host', 'recommendation', 'alarm']);

/** What an event makes stale: prefixes of keys. */
export const staleKeys = (event: Pick<EventView, 'kind' | 'clusterId'>): readonly (readonly string[])[] => [
  ...staleNouns(event),
  ...(ON_OVERVIEW.has(event.kind) ? [keys.overview] : []),
  ...(NOTICED.has(event.kind) ? [keys.notices] : []),
  // The list of events has every kind but measurements, which are not kept.
  ...(event.kind === 'metrics' ? [] : [['events']]),
];

/** What the bell tells of. */
const NOTICED: ReadonlySet<string> = new Set(['operation', 'alarm', 'recommendation']);

const staleNouns = (event: Pick<EventView, 'kind' | 'clusterId'>): readonly (readonly string[])[] => {
  switch (event.kind) {
    case 'cluster':
      return [['clusters'], ['status']];
    case 'node':
      return [['clusters'], ['vms'], ['hosts'], ['health']];
    case 'operation':
      return [['operations'], ['clusters'], ['vms'], ['hosts'], ['status']];
    case 'host':
      return [['hosts'], ['vms']];
    case 'metrics':
      return event.clusterId === null ? [['metrics']] : [['metrics', event.clusterId]];
    case 'audit':
      return [['audit']];
    case 'workload':
      return [['workloads']];
    case 'policy':
      return [['policies']];
    case 'recommendation':
      return [['recommendations']];
    case 'alarm':
      return [['alarms'], ['health']];
    case 'lab':
      return [['lab']];
    default: {
      const unknown: never = event.kind;
      throw new Error(`unknown kind of event ${String(unknown)}`);
    }
  }
};
