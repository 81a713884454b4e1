'use client';

import { useQuery } from '@tanstack/react-query';
import { RotateCw } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { vmQuery } from '@/components/live/queries';
import { formatShape } from '@/components/states/shape-text';
import { VmStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { VmView } from '@/lib/domain/contract';
import { ConsolePanel } from './console-panel';
import { LogPanel } from './log-panel';
import { RestartSheet } from './restart-sheet';
import type { VmActions } from './vm-actions';

interface VmDetailProps {
  readonly initial: VmView;
  readonly actions: VmActions;
}

const LINK = 'rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-fg';

const Facts = ({ vm }: { readonly vm: VmView }) => (
  <Panel title="Facts">
    <DescriptionList>
      <Description term="Cluster">
        {vm.cluster === null ? (
          'none'
        ) : (
          <Link href={`/clusters/${vm.cluster.name}`} className={LINK}>
            {vm.cluster.name}
          </Link>
        )}
      </Description>
      <Description term="Host">
        <Link href={`/hosts/${vm.host}`} className={LINK}>
          {vm.host}
        </Link>{' '}
        ({vm.site})
      </Description>
      <Description term="Shape">{formatShape(vm.shape)}</Description>
      <Description term="Address">
        <span className="font-mono text-xs">{vm.address}</span>
      </Description>
      <Description term="MAC">
        <span className="font-mono text-xs">{vm.mac}</span>
      </Description>
      <Description term="Accelerator">{vm.accelerator ?? '–'}</Description>
      <Description term="Started from">{vm.startedFrom ?? '–'}</Description>
      <Description term="Boot retries">{vm.bootRetries}</Description>
      <Description term="Started">
        <Time at={vm.startedAt} />
      </Description>
      <Description term="Created">
        <Time at={vm.createdAt} />
      </Description>
    </DescriptionList>
  </Panel>
);

/** One VM: what it is, its console, its log. */
export const VmDetail = ({ initial, actions }: VmDetailProps) => {
  const { data: vm } = useQuery({ ...vmQuery(initial.id), initialData: initial });
  const [isRestarting, setIsRestarting] = useState(false);
  const canRestart = actions.restart !== null && vm.cluster !== null && vm.role === 'node' && vm.state === 'running';
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'VMs', href: '/vms' }]}
        title={vm.name}
        aside={
          <span className="flex items-center gap-2">
            <VmStatus state={vm.state} />
            {vm.role === 'spare' && <Badge>spare</Badge>}
          </span>
        }
        actions={
          canRestart && (
            <Button onClick={() => setIsRestarting(true)}>
              <RotateCw aria-hidden /> Restart application…
            </Button>
          )
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
        <div className="flex min-w-0 flex-col gap-4 max-xl:order-last">
          {actions.openConsole !== null && (
            <ConsolePanel vm={vm} open={actions.openConsole} close={actions.closeConsole} canType={actions.canType} />
          )}
          {actions.readLog !== null && vm.role === 'node' && <LogPanel vm={vm} read={actions.readLog} />}
        </div>
        <Facts vm={vm} />
      </div>
      {isRestarting && actions.restart !== null && vm.cluster !== null && (
        <RestartSheet
          cluster={vm.cluster.name}
          node={vm.name}
          actions={actions.restart}
          onClose={() => setIsRestarting(false)}
        />
      )}
    </>
  );
};
