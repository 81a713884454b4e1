'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import Link from 'next/link';
import { OperationRow } from '@/components/activity/operation-row';
import { firstPage, operationsQuery } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import type { OperationSummary, Page } from '@/lib/domain/contract';
import { OPERATIONS_SHOWN } from './limits';

interface ClusterOperationsProps {
  readonly cluster: { readonly id: string; readonly name: string };
  readonly initial: Page<OperationSummary>;
}

export const ClusterOperations = ({ cluster, initial }: ClusterOperationsProps) => {
  const { data } = useInfiniteQuery({
    ...operationsQuery({ cluster: cluster.id }, OPERATIONS_SHOWN),
    initialData: firstPage(initial),
  });
  const operations = data.pages.flatMap((page) => page.items);
  return (
    <Panel
      title="Operations"
      flush
      actions={
        <Button asChild size="sm" variant="ghost">
          <Link prefetch={false} href={`/operations?cluster=${encodeURIComponent(cluster.name)}`}>
            All
          </Link>
        </Button>
      }
    >
      {operations.length === 0 ? (
        <p className="px-4 py-3 text-fg-3 text-sm">None yet.</p>
      ) : (
        <ul>
          {operations.map((operation) => (
            <OperationRow key={operation.id} operation={operation} />
          ))}
        </ul>
      )}
    </Panel>
  );
};
