'use client';

import { useQueries, useQuery } from '@tanstack/react-query';
import { OperationRow } from '@/components/activity/operation-row';
import { operationQuery } from '@/components/live/queries';
import { ErrorState } from '@/components/ui/error-state';
import { Skeleton } from '@/components/ui/skeleton';
import { counted } from '@/lib/domain/counted';
import { operationIs } from '@/lib/domain/operation';

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

/** The operations of an evacuation, live, and told to those who cannot see them. */
export const EvacuationProgress = ({ ids }: { readonly ids: readonly string[] }) => {
  const operations = useQueries({ queries: ids.map((id) => operationQuery(id)) }).flatMap(({ data }) => data ?? []);
  const ended = operations.filter(({ state }) => !operationIs.active(state)).length;
  return (
    <>
      <p role="status" className="mb-2 text-fg-2 text-xs">
        {ended} of {counted(ids.length, 'operation')} ended
      </p>
      <ul aria-label="Operations" className="rounded-md border">
        {ids.map((id) => (
          <Row key={id} id={id} />
        ))}
      </ul>
    </>
  );
};
