import type { Metadata } from 'next';
import { FaultsList } from '@/components/lab/faults-list';
import { RehearseForm } from '@/components/lab/rehearse-form';
import { LAB_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listHosts } from '@/lib/usecases/hosts/hosts';
import { listLabFaults } from '@/lib/usecases/lab/list-faults';
import { NoPermission } from '../no-permission';
import { restoreHarm, startHarm } from './actions';

export const metadata: Metadata = { title: 'Rehearsal' };

export default async function RehearsalPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'lab.hurt')) {
    return (
      <Page>
        <PageHeader title="Rehearsal" />
        <NoPermission permission="lab.hurt" role={role} />
      </Page>
    );
  }
  const [hosts, faults] = await Promise.all([
    listHosts(context, { limit: 200, vms: true }),
    listLabFaults(context, { limit: LAB_LIMIT }),
  ]);
  return (
    <Page>
      <PageHeader
        title="Rehearsal"
        description="Hurt the lab on purpose and see what follows. Clients of the clusters may notice."
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <Panel title="Hurt the lab">
          <RehearseForm hosts={hosts} hurt={startHarm} />
        </Panel>
        <Panel title="What was done" flush>
          <FaultsList initial={faults} restore={restoreHarm} />
        </Panel>
      </div>
    </Page>
  );
}
