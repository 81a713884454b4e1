import type { Metadata } from 'next';
import Link from 'next/link';
import { UsageTable } from '@/components/cost/usage-table';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { type UsageQuery, usageQuerySchema } from '@/lib/domain/contract';
import { MONTH_PATTERN, monthEndMs, monthStartMs } from '@/lib/domain/usage/month';
import { listUsage } from '@/lib/usecases/billing/usage';
import { orNotFound } from '../../or-not-found';
import { NoRates, orNoRates } from '../or-no-rates';

export const metadata: Metadata = { title: 'Usage' };

const SHOWN = 100;

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** A month in the address stands for its bounds. */
const queryOf = (search: Search): UsageQuery => {
  const { month, ...rest } = search;
  const bounds =
    typeof month === 'string' && MONTH_PATTERN.test(month)
      ? { from: new Date(monthStartMs(month)).toISOString(), to: new Date(monthEndMs(month)).toISOString() }
      : {};
  const parsed = usageQuerySchema.safeParse({ ...rest, ...bounds, limit: SHOWN });
  return parsed.success ? parsed.data : { limit: SHOWN };
};

const hrefOf = (search: Search, cursor: string): string => {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) if (typeof value === 'string') params.set(name, value);
  params.set('cursor', cursor);
  return `/cost/usage?${params}`;
};

const FILTERS = ['month', 'statement', 'line', 'cluster', 'costCentre', 'tier'] as const;

export default async function UsagePage({ searchParams }: { readonly searchParams: Promise<Search> }) {
  const search = await searchParams;
  const page = await orNotFound(orNoRates(listUsage(await pageContext(), queryOf(search))));
  if (page === null) return <NoRates />;
  const filters = FILTERS.flatMap((name) => (typeof search[name] === 'string' ? [`${name} ${search[name]}`] : []));
  return (
    <>
      <PageHeader
        title="Usage"
        description="Every second of every VM, data volume and virtual address, once. Nothing here is ever changed."
      />
      {filters.length > 0 && (
        <p className="flex flex-wrap items-center gap-2 pb-3 text-fg-2 text-sm">
          Only{' '}
          {filters.map((filter) => (
            <Badge key={filter}>{filter}</Badge>
          ))}
          <Link prefetch={false} href="/cost/usage" className="rounded-sm text-accent-text hover:underline">
            Show all
          </Link>
        </p>
      )}
      <Panel flush>
        <UsageTable items={page.items} />
      </Panel>
      {page.nextCursor !== null && (
        <div className="flex justify-center py-3">
          <Button asChild>
            <Link prefetch={false} href={hrefOf(search, page.nextCursor)}>
              Earlier
            </Link>
          </Button>
        </div>
      )}
    </>
  );
}
