import { Badge, type Tone } from '@/components/ui/badge';
import type { RecommendationView } from '@/lib/domain/contract';

const TONE: Readonly<Record<RecommendationView['state'], Tone>> = {
  open: 'busy',
  approved: 'ok',
  rejected: 'bad',
  expired: 'warn',
  superseded: 'idle',
};

/** Where a recommendation stands, and how many of two have agreed. */
export const RecommendationState = ({ recommendation }: { readonly recommendation: RecommendationView }) => {
  const { state, approvals, approvalsNeeded } = recommendation;
  return (
    <span className="inline-flex gap-1.5">
      <Badge tone={TONE[state]}>{state}</Badge>
      {approvalsNeeded > 1 && state === 'open' && (
        <Badge tone="warn">
          {approvals.length} of {approvalsNeeded} agreed
        </Badge>
      )}
    </span>
  );
};
