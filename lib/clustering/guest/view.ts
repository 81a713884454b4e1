import { createHash } from 'node:crypto';
import { HypervisorError } from '@/lib/hypervisors/types';
import type { ClusterMember, ClusterView } from '../types';

/** JSON of a view in one fixed order of keys; the order of the members is a part of the view. */
export const canonicalView = (view: ClusterView): string => JSON.stringify(sorted(view));

const sorted = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  entries.sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, item]) => [key, sorted(item)]));
};

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

/**
 * Whether a member stands for the VIP. One that joins does not until it is given traffic: it is busy starting, may miss
 * adverts, and directs by what it was told a moment ago.
 */
export const standsForVip = (member: Pick<ClusterMember, 'weight' | 'draining'>): boolean =>
  member.weight > 0 || member.draining;

/**
 * Whether a change of views makes a member stand. One that drains may have given the VIP up: only a hand-over that is
 * undone makes it stand again.
 */
export const beginsToStand = (before: ClusterMember | undefined, self: ClusterMember): boolean =>
  !self.draining && standsForVip(self) && !(before !== undefined && standsForVip(before));

/** Whether the application's process runs on every member; with a volume it stands by on all but one. */
export const runsEverywhere = ({ volume }: ClusterView['workload']): boolean =>
  volume === null || volume.standsBy === true;

export const peersOf = (view: ClusterView, self: ClusterMember): readonly ClusterMember[] =>
  view.members.filter((m) => m.vmId !== self.vmId);
