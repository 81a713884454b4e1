import type { Metadata } from 'next';
import { VMS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { VmsTable } from '@/components/vms/vms-table';
import { pageContext } from '@/lib/auth/require-actor';
import { listVms } from '@/lib/usecases/vms/vms';

export const metadata: Metadata = { title: 'VMs' };

export default async function VmsPage() {
  const vms = await listVms(await pageContext(), { limit: VMS_LIMIT });
  return (
    <Page>
      <PageHeader title="VMs" description="Every virtual machine that holds capacity, spares included." />
      <VmsTable initial={vms} />
    </Page>
  );
}
