import type { Metadata } from 'next';
import { HostsTable } from '@/components/hosts/hosts-table';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listHosts } from '@/lib/usecases/hosts/hosts';
import { changeMaintenance, previewMaintenance } from './actions';

export const metadata: Metadata = { title: 'Hosts' };

export default async function HostsPage() {
  const context = await pageContext();
  const hosts = await listHosts(context, { limit: 200, vms: false });
  const actions = roleCan(context.actor.role, 'host.maintain')
    ? { preview: previewMaintenance, change: changeMaintenance }
    : null;
  return (
    <Page>
      <PageHeader title="Hosts" description="Physical machines that run VMs, and what is taken of each." />
      <HostsTable initial={hosts} actions={actions} />
    </Page>
  );
}
