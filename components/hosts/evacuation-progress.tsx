'use client';

import { useQuery } from '@tanstack/react-query';
import { OperationRow } from '@/components/activity/operation-row';
import { operationQuery } from '@/components/live/queries';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';

const Row = ({ id }: { readonly id: string }) => {
  const { data, error, refetch } = useQuery(operationQuery(id));
  if (error !== null && data === undefined) {
    return (
      <li>
        <ErrorState message={error.message} onRetry={() => void refetch()} />
      </li>
    );
  }
  if (data === undefined) {
    return (
      <li className="px-4 py-3">
        <Skeleton className="h-3 w-40" />
      </li>
    );
  }
  return <OperationRow operation={data} />;
};

/** The operations of an evacuation, live. */
export const EvacuationProgress = ({ ids }: { readonly ids: readonly string[] }) => (
  <ul aria-label="Operations" className="rounded-md border">
    {ids.map((id) => (
      <Row key={id} id={id} />
    ))}
  </ul>
);
