import type { EventView } from '@/lib/domain/contract';

type Told = Pick<EventView, 'kind' | 'payload' | 'operationId'> & {
  readonly cluster?: { readonly name: string } | null;
};

/** What an event says of itself: texts of its payload by name, whatever else it carries. */
const texts = (payload: unknown): Readonly<Record<string, string>> =>
  typeof payload === 'object' && payload !== null
    ? Object.fromEntries(
        Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};

const of = (cluster: Told['cluster']): string =>
  cluster === null || cluster === undefined ? '' : ` of ${cluster.name}`;

/** One line for people. */
export const eventText = ({ kind, payload, cluster }: Told): string => {
  const { state, name, host, action, subject, kind: what } = texts(payload);
  switch (kind) {
    case 'cluster':
      return `${cluster?.name ?? 'A cluster'} ${state === undefined ? 'changed' : `is ${state}`}`;
    case 'node':
      return `A node${of(cluster)} changed`;
    case 'operation':
      return `An operation${of(cluster)} is ${state ?? 'under way'}`;
    case 'host':
      return `Host ${host ?? ''} ${state === undefined ? 'changed' : `is ${state}`}`.replace('  ', ' ');
    case 'audit':
      return `${action ?? 'An act'}${subject === undefined ? '' : ` on ${subject}`}`;
    case 'workload':
      return `Workload ${name ?? ''} changed`.replace('  ', ' ');
    case 'policy':
      return `Policy ${name ?? ''}${of(cluster)} changed`.replace('  ', ' ');
    case 'recommendation':
      return `A recommendation${of(cluster)} ${state === undefined ? 'changed' : `is ${state}`}`;
    case 'alarm':
      return `Alarm ${what ?? ''}${subject === undefined ? '' : ` (${subject})`} is ${state ?? 'open'}`;
    case 'lab':
      return `A rehearsal is ${state ?? 'under way'}`;
    case 'metrics':
      return `Measurements${of(cluster)}`;
    default: {
      const unknown: never = kind;
      throw new Error(`unknown kind of event ${String(unknown)}`);
    }
  }
};

/** The page of what an event is about; null where none has more to say. */
export const eventHref = ({ kind, payload, operationId, cluster }: Told): string | null => {
  const { name, host, subject } = texts(payload);
  if (operationId !== null) return `/operations/${operationId}`;
  if (kind === 'host' && host !== undefined) return `/hosts/${host}`;
  if (kind === 'policy' && name !== undefined) return `/policies/${name}`;
  if (kind === 'workload' && name !== undefined) return `/workloads/${name}`;
  if (kind === 'audit' && subject !== undefined) return `/audit?subject=${encodeURIComponent(subject)}`;
  if (kind === 'recommendation') return '/approvals';
  if (kind === 'lab') return '/rehearsal';
  return cluster === null || cluster === undefined ? null : `/clusters/${cluster.name}`;
};
