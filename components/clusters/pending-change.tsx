'use client';

import { useQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { openRecommendationsQuery } from '@/components/live/queries';
import { Callout } from '@/components/ui/callout';
import { describeSizeChange } from '@/lib/domain/policy/size';

/** Changes of a cluster that wait for somebody's approval; nothing while none does. */
export const PendingChange = ({ clusterId }: { readonly clusterId: string }) => {
  const { data } = useQuery(openRecommendationsQuery());
  const waiting = (data?.items ?? []).filter(({ cluster }) => cluster.id === clusterId);
  return waiting.map(({ id, from, to, policy, requestedBy }) => (
    <Callout key={id} tone="warn" role="status" title="A change waits for approval">
      <Link prefetch={false} href={`/approvals/${id}`} className="underline underline-offset-2">
        {describeSizeChange(from, to)}
      </Link>
      , asked for by {policy?.name ?? requestedBy}.
    </Callout>
  ));
};
