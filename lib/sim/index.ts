export { createSimulatedClustering } from './clustering';
export { DEFAULT_DURATIONS, type Durations, INSTANT_DURATIONS } from './durations';
export { CALL_KINDS, type CallKind, type CutOptions, type FailOptions, type Faults } from './faults';
export { DEFAULT_LAB, type HostSpec, largeLab } from './lab';
export type { Demand } from './state';
export { createSimulatedTraffic, type SimulatedTrafficOptions } from './traffic';
export { createWorld, World, type WorldOptions } from './world';
