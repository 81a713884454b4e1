'use server';

import { z } from 'zod';
import { runAction } from '@/app/run-action';
import type { ActionResult } from '@/lib/domain/action-result';
import {
  changeRequestSchema,
  changeRequirementsSchema,
  createClusterSchema,
  deleteClusterSchema,
  failoverSchema,
  loadInputSchema,
  type PlanView,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { changeRequirements } from '@/lib/usecases/clusters/change-requirements';
import { createCluster } from '@/lib/usecases/clusters/create-cluster';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { failover } from '@/lib/usecases/clusters/failover';
import { recoverCluster } from '@/lib/usecases/clusters/recover-cluster';
import { setLoad } from '@/lib/usecases/clusters/set-load';
import { requestChange } from '@/lib/usecases/recommendations/request-change';

const clusterSchema = z.string().min(1).max(64);
const failoverOfSchema = z.strictObject({ cluster: clusterSchema, input: failoverSchema });
const changeOfSchema = z.strictObject({ cluster: clusterSchema, input: changeRequirementsSchema });
const requestOfSchema = z.strictObject({ cluster: clusterSchema, input: changeRequestSchema });
const loadOfSchema = z.strictObject({ cluster: clusterSchema, load: loadInputSchema });
const deleteOfSchema = z.strictObject({ cluster: clusterSchema, input: deleteClusterSchema });

type Planned = { readonly plan: PlanView } | { readonly operation: { readonly id: string } };

const planOf = (answer: Planned): PlanView => {
  if ('plan' in answer) return answer.plan;
  throw new HeadroomError('internal', 'The answer is not of the kind that was asked for.');
};

const operationOf = (answer: Planned): { readonly operationId: string } => {
  if ('operation' in answer) return { operationId: answer.operation.id };
  throw new HeadroomError('internal', 'The answer is not of the kind that was asked for.');
};

type Accepted = Promise<ActionResult<{ readonly operationId: string }>>;

export const previewCreation = async (input: unknown): Promise<ActionResult<PlanView>> =>
  runAction(createClusterSchema, input, async (context, wanted) =>
    planOf(await createCluster(context, { ...wanted, dryRun: true })),
  );

export const startCreation = async (input: unknown): Accepted =>
  runAction(createClusterSchema, input, async (context, wanted) =>
    operationOf(await createCluster(context, { ...wanted, dryRun: false })),
  );

export const previewChange = async (input: unknown): Promise<ActionResult<PlanView>> =>
  runAction(changeOfSchema, input, async (context, { cluster, input: wanted }) =>
    planOf(await changeRequirements(context, cluster, { ...wanted, dryRun: true })),
  );

export const startChange = async (input: unknown): Accepted =>
  runAction(changeOfSchema, input, async (context, { cluster, input: wanted }) =>
    operationOf(await changeRequirements(context, cluster, { ...wanted, dryRun: false })),
  );

export const askForChange = async (input: unknown): Promise<ActionResult<{ readonly recommendationId: string }>> =>
  runAction(requestOfSchema, input, async (context, { cluster, input: wanted }) => {
    const { id } = await requestChange(context, cluster, wanted);
    return { recommendationId: id };
  });

export const previewFailover = async (input: unknown): Promise<ActionResult<PlanView>> =>
  runAction(failoverOfSchema, input, async (context, { cluster, input: wanted }) =>
    planOf(await failover(context, cluster, { ...wanted, dryRun: true })),
  );

export const startFailover = async (input: unknown): Accepted =>
  runAction(failoverOfSchema, input, async (context, { cluster, input: wanted }) =>
    operationOf(await failover(context, cluster, { ...wanted, dryRun: false })),
  );

export const changeLoad = async (input: unknown): Promise<ActionResult<null>> =>
  runAction(loadOfSchema, input, async (context, { cluster, load }) => {
    await setLoad(context, cluster, load);
    return null;
  });

export const startDeletion = async (input: unknown): Accepted =>
  runAction(deleteOfSchema, input, async (context, { cluster, input: wanted }) =>
    operationOf(await deleteCluster(context, cluster, wanted)),
  );

export const startRecovery = async (input: unknown): Accepted =>
  runAction(clusterSchema, input, async (context, cluster) => operationOf(await recoverCluster(context, cluster, {})));
