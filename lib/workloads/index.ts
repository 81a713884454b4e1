import type { WorkloadSpec } from '@/lib/domain/workload';
import { ledger } from './ledger';
import { web } from './web';

export { ledger } from './ledger';
export { parseWorkload, WORKLOAD_LIMITS, type WorkloadInput, workloadSpecSchema } from './schema';
export { web } from './web';

export const builtInWorkloads: readonly WorkloadSpec[] = [web, ledger];

export const findBuiltIn = (name: string): WorkloadSpec | null =>
  builtInWorkloads.find((workload) => workload.name === name) ?? null;
