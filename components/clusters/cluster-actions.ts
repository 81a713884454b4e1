import type { z } from 'zod';
import type { ActionResult } from '@/lib/domain/action-result';
import type {
  changeRequirementsSchema,
  createClusterSchema,
  failoverSchema,
  LoadInput,
  PlanView,
} from '@/lib/domain/contract';

type Accepted = Promise<ActionResult<{ readonly operationId: string }>>;

export type CreateClusterValues = z.input<typeof createClusterSchema>;

interface FailoverRequest {
  readonly cluster: string;
  readonly input: z.input<typeof failoverSchema>;
}

/** The pages' server actions, handed to the components that call them. Previews change nothing. */
export interface CreateActions {
  readonly preview: (values: CreateClusterValues) => Promise<ActionResult<PlanView>>;
  readonly start: (values: CreateClusterValues) => Accepted;
}

interface ChangeRequest {
  readonly cluster: string;
  readonly input: z.input<typeof changeRequirementsSchema>;
}

export interface ChangeActions {
  readonly preview: (request: ChangeRequest) => Promise<ActionResult<PlanView>>;
  readonly start: (request: ChangeRequest) => Accepted;
  /** Puts it to somebody else instead. */
  readonly ask: (request: ChangeRequest) => Promise<ActionResult<{ readonly recommendationId: string }>>;
}

export interface FailoverActions {
  readonly preview: (request: FailoverRequest) => Promise<ActionResult<PlanView>>;
  readonly start: (request: FailoverRequest) => Accepted;
}

export type ChangeLoad = (request: {
  readonly cluster: string;
  readonly load: LoadInput;
}) => Promise<ActionResult<null>>;

export type DeleteCluster = (request: {
  readonly cluster: string;
  readonly input: { readonly confirmName: string; readonly reason: string };
}) => Accepted;

/** What may be done on a cluster's page; null for those who may not. */
export interface ClusterActions {
  readonly change: ChangeActions | null;
  readonly failover: FailoverActions | null;
  readonly load: ChangeLoad | null;
  readonly remove: DeleteCluster | null;
}
