'use client';

import { useQuery } from '@tanstack/react-query';
import { MonitorDot } from 'lucide-react';
import type { AlarmActions } from '@/components/alarms/alarm-actions';
import { AlarmsPanel } from '@/components/alarms/alarms-panel';
import { hostQuery } from '@/components/live/queries';
import { formatMemory, formatMemoryUse } from '@/components/states/shape-text';
import { HostStatus } from '@/components/states/states';
import { Callout } from '@/components/ui/callout';
import { DataTable } from '@/components/ui/data-table';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { EmptyState } from '@/components/ui/empty-state';
import { Meter } from '@/components/ui/meter';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import { VM_COLUMNS } from '@/components/vms/vm-columns';
import { alarmSubject } from '@/lib/domain/alarm';
import type { AlarmView, HostView, Page } from '@/lib/domain/contract';
import type { HostState } from '@/lib/domain/inventory';
import { HostOperations } from './host-operations';
import { type LabelActions, LabelsPanel } from './labels-panel';
import type { MaintenanceActions } from './maintenance-actions';
import { MaintenanceButton } from './maintenance-button';

interface HostDetailProps {
  readonly initial: HostView;
  readonly actions: MaintenanceActions | null;
  readonly labelActions: LabelActions | null;
  readonly alarms: Page<AlarmView>;
  readonly alarmActions: AlarmActions;
}

const COLUMNS = VM_COLUMNS.filter(({ id, isExtra }) => id !== 'host' && id !== 'site' && isExtra !== true);

const remarkOf = (state: HostState, vms: number): string | null => {
  switch (state) {
    case 'up':
      return null;
    case 'maintenance':
      return vms === 0
        ? 'In maintenance, and nothing runs here: it may be worked on.'
        : 'In maintenance: new VMs stay away, what runs here is being replaced elsewhere.';
    case 'down':
      return 'It does not answer. Its VMs are replaced elsewhere once it is proven that they can no longer act.';
    case 'fenced':
      return 'It was fenced: nothing on it can act any more.';
    default: {
      const unknown: never = state;
      throw new Error(`unknown state ${String(unknown)}`);
    }
  }
};

export const HostDetail = ({ initial, actions, labelActions, alarms, alarmActions }: HostDetailProps) => {
  const { data: host } = useQuery({ ...hostQuery(initial.name), initialData: initial });
  const { used, capacity } = host;
  const remark = remarkOf(host.state, host.vms.length);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Hosts', href: '/hosts' }]}
        title={host.name}
        aside={<HostStatus state={host.state} />}
        actions={actions === null ? undefined : <MaintenanceButton host={host} actions={actions} />}
      />
      <div className="flex flex-col gap-4">
        <AlarmsPanel
          initial={alarms}
          actions={alarmActions}
          about={(alarm) => alarm.subject === alarmSubject('host', host.id)}
        />
        {remark !== null && <Callout tone={host.state === 'maintenance' ? 'warn' : 'bad'}>{remark}</Callout>}
        <div className="grid gap-4 lg:grid-cols-[2fr_1fr]">
          <Panel title="Capacity">
            <div className="grid gap-5 sm:grid-cols-3">
              <Meter
                label="vCPU"
                used={used.vcpus}
                total={capacity.vcpus}
                text={`${used.vcpus} of ${capacity.vcpus}`}
              />
              <Meter
                label="Memory"
                used={used.memoryMiB}
                total={capacity.memoryMiB}
                text={formatMemoryUse(used.memoryMiB, capacity.memoryMiB)}
              />
              <Meter
                label="Disk"
                used={used.diskGiB}
                total={capacity.diskGiB}
                text={`${used.diskGiB} of ${capacity.diskGiB} GiB`}
              />
            </div>
            <p className="mt-4 text-fg-3 text-xs">
              Free: {host.free.vcpus} vCPU, {formatMemory(host.free.memoryMiB)} of memory, {host.free.diskGiB} GiB of
              disk. VMs count from the moment they are asked for until they are released.
            </p>
          </Panel>
          <Panel title="Facts">
            <DescriptionList>
              <Description term="Site">{host.site}</Description>
              <Description term="Hypervisor">{host.hypervisor}</Description>
              <Description term="Accelerator">{host.accelerator}</Description>
              <Description term="Seen">
                <Time at={host.seenAt} />
              </Description>
            </DescriptionList>
          </Panel>
        </div>
        <LabelsPanel host={host} actions={labelActions} />
        <HostOperations host={host} />
        <Panel title={`VMs (${host.vms.length})`} flush>
          <DataTable
            label={`VMs on ${host.name}`}
            rows={host.vms}
            columns={COLUMNS}
            rowId={(vm) => vm.id}
            sortedBy={{ id: 'name' }}
            empty={
              <EmptyState icon={<MonitorDot />} title="No VMs here">
                Placement puts VMs where there is room and where a cluster’s spread wants them.
              </EmptyState>
            }
          />
        </Panel>
      </div>
    </>
  );
};
