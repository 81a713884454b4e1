import type { Metadata } from 'next';
import { CostTabs } from '@/components/cost/cost-tabs';
import { UsageList } from '@/components/cost/usage-list';
import { USAGE_LIST } from '@/components/cost/usage-list-spec';
import { listQuery, parseListState, type SearchParams } from '@/components/lists/list-state';
import { USAGE_LIMIT } from '@/components/live/limits';
import { PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { usageQuerySchema } from '@/lib/domain/contract';
import { listUsage } from '@/lib/usecases/billing/usage';
import { usageChoices } from '@/lib/usecases/billing/usage-choices';
import { orNotFound } from '../../or-not-found';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Usage' };

export default async function UsagePage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const state = parseListState(USAGE_LIST, await searchParams);
  const context = await pageContext();
  const query = usageQuerySchema.safeParse({ ...listQuery(USAGE_LIST, state), limit: USAGE_LIMIT });
  const asked = query.success ? query.data : usageQuerySchema.parse({ limit: USAGE_LIMIT });
  const [page, choices] = await Promise.all([
    orNotFound(orNoRates(listUsage(context, asked))),
    orNoRates(usageChoices(context)),
  ]);
  if (page === null || choices === null) return <NoRates />;
  return (
    <>
      <PageHeader
        title="Usage"
        description="Every second of every VM, data volume and virtual address, once. Nothing here is ever changed."
      />
      <CostTabs />
      <UsageList initial={page} initialState={state} {...choices} />
    </>
  );
}
