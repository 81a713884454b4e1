export { canonicalPlan, describePlan } from './canonical';
export { planRequirements } from './change';
export { checkRequirements } from './check-requirements';
export { planCreate, planDelete } from './lifecycle';
export { expectedOutageMs, STEP_LIMITS } from './limits';
export { planRestart } from './restart';
export { type FailoverRequest, planEvacuate, planFailover, planRecover } from './single';
export type { ObservedCluster, PlanResult } from './types';
