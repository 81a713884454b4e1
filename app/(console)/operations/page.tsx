import type { Metadata } from 'next';
import { ActivityList } from '@/components/activity/activity-list';
import { OPERATIONS_LIST } from '@/components/activity/operations-list';
import { listQuery, parseListState, type SearchParams } from '@/components/lists/list-state';
import { OPERATIONS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { operationsQuerySchema } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { listOperations } from '@/lib/usecases/operations/operations';
import { cancel } from './[id]/actions';

export const metadata: Metadata = { title: 'Activity' };

export default async function ActivityPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const context = await pageContext();
  const state = parseListState(OPERATIONS_LIST, await searchParams);
  const query = operationsQuerySchema.parse({ ...listQuery(OPERATIONS_LIST, state), limit: OPERATIONS_LIMIT });
  const operations = await listOperations(context, query);
  return (
    <Page>
      <PageHeader title="Activity" description="Every operation, newest first, with what clients saw of it." />
      <ActivityList
        initial={operations}
        initialState={state}
        cancel={roleCan(context.actor.role, 'operation.cancel') ? cancel : null}
      />
    </Page>
  );
}
