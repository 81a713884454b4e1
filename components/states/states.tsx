import { Status, type Tone } from '@/components/ui/badge';
import type { ClusterView, NodeView, VmView } from '@/lib/domain/contract';
import type { Verdict } from '@/lib/domain/health';
import type { HostState } from '@/lib/domain/inventory';
import type { OperationState, StepState } from '@/lib/domain/operation';

type ClusterState = ClusterView['state'];
type NodeState = NodeView['state'];
type VmState = VmView['state'];

const CLUSTER: Readonly<Record<ClusterState, Tone>> = {
  creating: 'busy',
  running: 'ok',
  degraded: 'warn',
  deleting: 'busy',
  deleted: 'idle',
};

const NODE: Readonly<Record<NodeState, Tone>> = {
  starting: 'busy',
  joining: 'busy',
  active: 'ok',
  draining: 'warn',
  left: 'idle',
  failed: 'bad',
  spare: 'idle',
};

const VM: Readonly<Record<VmState, Tone>> = {
  reserved: 'idle',
  creating: 'busy',
  running: 'ok',
  stopped: 'idle',
  failed: 'bad',
  destroying: 'busy',
  released: 'idle',
};

const HOST: Readonly<Record<HostState, Tone>> = { up: 'ok', maintenance: 'warn', down: 'bad', fenced: 'bad' };

const OPERATION: Readonly<Record<OperationState, Tone>> = {
  pending: 'busy',
  running: 'busy',
  undoing: 'warn',
  done: 'ok',
  undone: 'warn',
  cancelled: 'idle',
  stuck: 'bad',
};

const STEP: Readonly<Record<StepState, Tone>> = {
  waiting: 'idle',
  running: 'busy',
  done: 'ok',
  failed: 'bad',
  undoing: 'warn',
  undone: 'warn',
  skipped: 'idle',
};

const VERDICT: Readonly<Record<Verdict, Tone>> = { healthy: 'ok', suspect: 'warn', lost: 'bad', unknown: 'warn' };

export const VerdictStatus = ({ verdict }: { readonly verdict: Verdict }) => (
  <Status tone={VERDICT[verdict]}>{verdict}</Status>
);
export const ClusterStatus = ({ state }: { readonly state: ClusterState }) => (
  <Status tone={CLUSTER[state]}>{state}</Status>
);
export const NodeStatus = ({ state }: { readonly state: NodeState }) => <Status tone={NODE[state]}>{state}</Status>;
export const VmStatus = ({ state }: { readonly state: VmState }) => <Status tone={VM[state]}>{state}</Status>;
export const HostStatus = ({ state }: { readonly state: HostState }) => <Status tone={HOST[state]}>{state}</Status>;
export const OperationStatus = ({ state }: { readonly state: OperationState }) => (
  <Status tone={OPERATION[state]}>{state}</Status>
);
export const StepStatus = ({ state }: { readonly state: StepState }) => <Status tone={STEP[state]}>{state}</Status>;
