import Link from 'next/link';
import type { RecommendationView } from '@/lib/domain/contract';

/** The policy or the person who asks for a change. */
export const Asker = ({ recommendation }: { readonly recommendation: RecommendationView }) => {
  const { policy, requestedBy } = recommendation;
  if (policy === null) return <span>{requestedBy}</span>;
  return (
    <Link prefetch={false} href={`/policies/${policy.name}`} className="rounded-sm hover:underline">
      {policy.name}
    </Link>
  );
};
