import Link from 'next/link';
import { Callout } from '@/components/ui/callout';
import { Time } from '@/components/ui/time';
import type { RecommendationView } from '@/lib/domain/contract';

const TITLE = {
  approved: { tone: 'ok', title: 'Approved' },
  rejected: { tone: 'bad', title: 'Rejected' },
  expired: { tone: 'warn', title: 'Expired' },
  superseded: { tone: 'idle', title: 'No longer asked for' },
} as const;

/** How a recommendation was decided: by whom, when, why, and the operation that came of it. */
export const Outcome = ({ recommendation }: { readonly recommendation: RecommendationView }) => {
  const { state, decidedBy, decidedAt, comment, operationId } = recommendation;
  if (state === 'open') return null;
  const { tone, title } = TITLE[state];
  return (
    <Callout tone={tone} title={title} role="status">
      <p>
        {decidedBy !== null && `${decidedBy} · `}
        <Time at={decidedAt} />
      </p>
      {comment !== null && comment !== '' && <p>{comment}</p>}
      {operationId !== null && (
        <p>
          <Link prefetch={false} href={`/operations/${operationId}`} className="underline underline-offset-2">
            Watch the operation
          </Link>
        </p>
      )}
    </Callout>
  );
};
