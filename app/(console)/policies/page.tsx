import { CalendarDays, Plus } from 'lucide-react';
import type { Metadata } from 'next';
import Link from 'next/link';
import { PoliciesTable } from '@/components/policies/policies-table';
import { Button } from '@/components/ui/button';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listPolicies } from '@/lib/usecases/policies/policies';
import { update } from './actions';

export const metadata: Metadata = { title: 'Policies' };

export default async function PoliciesPage() {
  const context = await pageContext();
  const policies = await listPolicies(context, { limit: 200 });
  return (
    <Page>
      <PageHeader
        title="Policies"
        description="Rules that change the size of clusters: at once, after an approval, or only on paper."
        actions={
          <>
            <Button asChild>
              <Link prefetch={false} href="/policies/calendar">
                <CalendarDays aria-hidden /> Calendar
              </Link>
            </Button>
            {roleCan(context.actor.role, 'policy.write') && (
              <Button asChild variant="primary">
                <Link prefetch={false} href="/policies/new">
                  <Plus aria-hidden /> Add policy
                </Link>
              </Button>
            )}
          </>
        }
      />
      <PoliciesTable initial={policies} update={roleCan(context.actor.role, 'policy.write') ? update : null} />
    </Page>
  );
}
