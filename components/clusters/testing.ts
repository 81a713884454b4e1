import type { NodeView } from '@/lib/domain/contract';

export const SHAPE = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };

/** A node that serves, with what is given. */
export const nodeWith = (name: string, given: Partial<NodeView> = {}): NodeView => ({
  id: name,
  name,
  host: 'paris-1',
  site: 'paris',
  address: '10.77.0.1',
  shape: SHAPE,
  role: 'node',
  state: 'active',
  healthy: true,
  health: null,
  vipHolder: false,
  connections: 0,
  observedAt: null,
  accelerator: null,
  ...given,
});
