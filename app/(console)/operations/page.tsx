import type { Metadata } from 'next';
import { parseActivityFilter, toApiFilter } from '@/components/activity/activity-filter';
import { ActivityList } from '@/components/activity/activity-list';
import { OPERATIONS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { operationsQuerySchema } from '@/lib/domain/contract';
import { listOperations } from '@/lib/usecases/operations/operations';

export const metadata: Metadata = { title: 'Activity' };

interface ActivityPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[] | undefined>>>;
}

export default async function ActivityPage({ searchParams }: ActivityPageProps) {
  const filter = parseActivityFilter(await searchParams);
  const query = operationsQuerySchema.parse({ ...toApiFilter(filter), limit: OPERATIONS_LIMIT });
  const operations = await listOperations(await pageContext(), query);
  return (
    <Page>
      <PageHeader title="Activity" description="Every operation, newest first, with what clients saw of it." />
      <ActivityList key={JSON.stringify(filter)} initial={operations} filter={filter} />
    </Page>
  );
}
