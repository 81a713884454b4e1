export { createWorld, World, type WorldOptions } from '@/lib/sim/world';
export { createSimulatedHypervisor } from './driver';
