'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { OperationRow } from '@/components/activity/operation-row';
import { operationsQuery } from '@/components/live/queries';
import { Panel } from '@/components/ui/panel';
import type { HostView } from '@/lib/domain/contract';

/** What is under way in clusters that have VMs here: an evacuation among others. Nothing when nothing is. */
export const HostOperations = ({ host }: { readonly host: HostView }) => {
  const { data } = useInfiniteQuery(operationsQuery({ active: 'true' }));
  const here = new Set(host.vms.map((vm) => vm.cluster?.id));
  const operations = (data?.pages ?? []).flatMap((page) => page.items).filter((o) => here.has(o.cluster.id));
  if (operations.length === 0) return null;
  return (
    <Panel title="Under way in clusters with VMs here" flush>
      <ul>
        {operations.map((operation) => (
          <OperationRow key={operation.id} operation={operation} />
        ))}
      </ul>
    </Panel>
  );
};
