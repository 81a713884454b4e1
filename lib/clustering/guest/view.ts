import { createHash } from 'node:crypto';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { ClusterMember, ClusterView } from '../types';

/** JSON of a view in one fixed order of keys and members: equal views give equal text. */
export const canonicalView = (view: ClusterView): string => JSON.stringify(sorted(view));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(
    entries.map(([key, item]) => [key, key === 'members' && Array.isArray(item) ? sortedMembers(item) : sorted(item)]),
  );
};

const sortedMembers = (members: readonly ClusterMember[]): unknown =>
  [...members].sort((a, b) => (a.vmId < b.vmId ? -1 : 1)).map(sorted);

/** What `NodeStatus.viewHash` reports when this view is in force. */
export const hashView = (view: ClusterView): string => createHash('sha256').update(canonicalView(view)).digest('hex');

/** Throws when the VM is not a member of the view. */
export const getMember = (view: ClusterView, vmId: string): ClusterMember => {
  const member = view.members.find((m) => m.vmId === vmId);
  if (member === undefined) {
    throw new HypervisorError('wrong_state', `VM ${vmId} is not in the view of cluster ${view.clusterName}.`);
  }
  return member;
};

export const peersOf = (view: ClusterView, self: ClusterMember): readonly ClusterMember[] =>
  view.members.filter((m) => m.vmId !== self.vmId);
