import type { Metadata } from 'next';
import { CLUSTERS_LIST } from '@/components/clusters/clusters-list';
import { ClustersTable } from '@/components/clusters/clusters-table';
import { CreateLink } from '@/components/clusters/create-link';
import { listQuery, parseListState, type SearchParams } from '@/components/lists/list-state';
import { CLUSTERS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { clustersQuerySchema } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';

export const metadata: Metadata = { title: 'Clusters' };

export default async function ClustersPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const context = await pageContext();
  const state = parseListState(CLUSTERS_LIST, await searchParams);
  const query = clustersQuerySchema.parse({ ...listQuery(CLUSTERS_LIST, state), limit: CLUSTERS_LIMIT });
  const clusters = await listClusters(context, query);
  const canCreate = roleCan(context.actor.role, 'cluster.create');
  return (
    <Page>
      <PageHeader
        title="Clusters"
        description="Services that keep the size asked for, each behind one address."
        actions={canCreate ? <CreateLink /> : undefined}
      />
      <ClustersTable initial={clusters} initialState={state} canCreate={canCreate} />
    </Page>
  );
}
