import { operationTitle } from '@/components/states/operation-text';
import type { EventView, StoredEvent } from '@/lib/domain/contract';
import { OPERATION_KINDS } from '@/lib/domain/plan';

type Told = Pick<EventView, 'kind' | 'payload' | 'operationId'> &
  Partial<Pick<StoredEvent, 'vm' | 'operation'>> & { readonly cluster?: { readonly name: string } | null };

/** What an event says of itself: texts of its payload by name, whatever else it carries. */
const texts = (payload: unknown): Readonly<Record<string, string>> =>
  typeof payload === 'object' && payload !== null
    ? Object.fromEntries(
        Object.entries(payload).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      )
    : {};

const of = (cluster: Told['cluster']): string =>
  cluster === null || cluster === undefined ? '' : ` of ${cluster.name}`;

/** What an entry of an operation's log says of a step, or of the whole. */
const LOGGED: Readonly<Record<string, string>> = {
  'step-started': 'started',
  'step-progress': 'goes on',
  'step-done': 'done',
  'step-failed': 'failed',
  'undo-step-started': 'is being undone',
  'undo-step-done': 'undone',
  'undo-step-failed': 'could not be undone',
  'operation-started': 'started',
  'operation-ended': 'ended',
  'undo-started': 'is being undone',
  'cancel-requested': 'is to be cancelled',
  'retry-requested': 'is tried again',
};

/** "Fail over shop: started", "Create shop-3: done" */
const operationText = ({ payload, cluster, operation }: Told): string => {
  const { state, type } = texts(payload);
  const kind = OPERATION_KINDS.find((known) => known === operation?.kind);
  const what = operation?.step ?? (kind === undefined ? `An operation${of(cluster)}` : titleOf(kind, cluster));
  const said = LOGGED[type ?? ''] ?? (state === 'pending' ? 'accepted' : (state ?? 'under way'));
  return `${what}: ${said}`;
};

const titleOf = (kind: (typeof OPERATION_KINDS)[number], cluster: Told['cluster']): string =>
  operationTitle(kind, cluster?.name ?? 'a cluster');

const nodeText = ({ payload, cluster, vm }: Told): string => {
  const { state, vip } = texts(payload);
  const node = vm ?? `A node${of(cluster)}`;
  if (vip === 'given') return `${node} hands the VIP over`;
  if (state === undefined) return `What is known of ${vm ?? `a node${of(cluster)}`} changed`;
  return state === 'left' ? `${node} has left` : `${node} is ${state}`;
};

/** One line for people. */
export const eventText = (told: Told): string => {
  const { kind, payload, cluster } = told;
  const { state, name, host, vm, action, subject, kind: what } = texts(payload);
  switch (kind) {
    case 'cluster':
      if (typeof payload === 'object' && payload !== null && 'load' in payload) return `The load${of(cluster)} was set`;
      return `${cluster?.name ?? 'A cluster'} ${state === undefined ? 'changed' : `is ${state}`}`;
    case 'node':
      return nodeText(told);
    case 'operation':
      return operationText(told);
    case 'host':
      if (vm !== undefined && host !== undefined) return `${vm} runs on ${host}`;
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
