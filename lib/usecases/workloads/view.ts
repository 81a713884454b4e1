import type { Prisma, Workload } from '@/lib/db/generated/client';
import type { WorkloadView } from '@/lib/domain/contract';
import type { WorkloadSpec } from '@/lib/domain/workload';

/** Every writer of the column gives a WorkloadSpec that its schema has passed. */
export const fromSpecJson = (json: Prisma.JsonValue): WorkloadSpec => json as unknown as WorkloadSpec;

export const toSpecJson = (spec: WorkloadSpec): Prisma.InputJsonValue => JSON.parse(JSON.stringify(spec));

export const toWorkloadView = (workload: Workload): WorkloadView => {
  const spec = fromSpecJson(workload.spec);
  return {
    id: workload.id,
    name: workload.name,
    description: spec.description,
    builtIn: workload.builtIn,
    stateful: spec.volume !== null,
    port: spec.port,
    servicePort: spec.servicePort,
    healthPath: spec.healthPath,
    spec: { ...spec, packages: [...spec.packages], files: [...spec.files] },
  };
};
