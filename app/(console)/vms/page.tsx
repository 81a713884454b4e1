import type { Metadata } from 'next';
import { listQuery, parseListState, type SearchParams } from '@/components/lists/list-state';
import { VMS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { VMS_LIST } from '@/components/vms/vms-list';
import { VmsTable } from '@/components/vms/vms-table';
import { pageContext } from '@/lib/auth/require-actor';
import { vmsQuerySchema } from '@/lib/domain/contract';
import { listVms } from '@/lib/usecases/vms/vms';

export const metadata: Metadata = { title: 'VMs' };

export default async function VmsPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const state = parseListState(VMS_LIST, await searchParams);
  const query = vmsQuerySchema.parse({ ...listQuery(VMS_LIST, state), limit: VMS_LIMIT });
  const vms = await listVms(await pageContext(), query);
  return (
    <Page>
      <PageHeader title="VMs" description="Every virtual machine that holds capacity, spares included." />
      <VmsTable initial={vms} initialState={state} />
    </Page>
  );
}
