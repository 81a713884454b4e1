import type { ActionResult } from '@/lib/domain/action-result';
import type { RecommendationView } from '@/lib/domain/contract';

interface Answer {
  readonly id: string;
  readonly planHash: string;
  readonly comment: string;
}

/** The page's server actions. */
export interface ApprovalActions {
  readonly approve: (answer: Answer) => Promise<ActionResult<RecommendationView>>;
  readonly reject: (answer: Answer) => Promise<ActionResult<RecommendationView>>;
}
