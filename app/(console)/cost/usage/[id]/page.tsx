import type { Metadata } from 'next';
import { UsageFacts } from '@/components/cost/usage-detail';
import { PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { getUsage } from '@/lib/usecases/billing/usage';
import { orNotFound } from '../../../or-not-found';
import { NoRates, orNoRates } from '../../or-no-rates';

export const metadata: Metadata = { title: 'Usage' };

export default async function UsageOnePage({ params }: { readonly params: Promise<{ readonly id: string }> }) {
  const { id } = await params;
  const usage = await orNotFound(orNoRates(getUsage(await pageContext(), decodeURIComponent(id))));
  if (usage === null) return <NoRates />;
  return (
    <>
      <PageHeader title={usage.name} breadcrumbs={[{ label: 'Usage', href: '/cost/usage' }]} />
      <UsageFacts usage={usage} />
    </>
  );
}
