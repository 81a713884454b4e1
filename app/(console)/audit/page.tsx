import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { AuditList } from '@/components/audit/audit-list';
import { AUDIT_LIST } from '@/components/audit/audit-list-spec';
import { RetentionSheet } from '@/components/audit/retention-sheet';
import { VerifyButton } from '@/components/audit/verify-button';
import { listQuery, parseListState, type SearchParams } from '@/components/lists/list-state';
import { AUDIT_LIMIT } from '@/components/live/limits';
import { Button } from '@/components/ui/button';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { auditQuerySchema } from '@/lib/domain/contract';
import { roleCan } from '@/lib/domain/role';
import { listAudit } from '@/lib/usecases/audit/audit';
import { getRetention } from '@/lib/usecases/audit/retention';
import { NoPermission } from '../no-permission';
import { keepFor, verifyTrail } from './actions';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage({ searchParams }: { readonly searchParams: Promise<SearchParams> }) {
  const state = parseListState(AUDIT_LIST, await searchParams);
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'audit.read')) {
    return (
      <Page>
        <PageHeader title="Audit" />
        <NoPermission permission="audit.read" role={role} />
      </Page>
    );
  }
  const query = auditQuerySchema.parse({ ...listQuery(AUDIT_LIST, state), limit: AUDIT_LIMIT });
  const [entries, retention] = await Promise.all([listAudit(context, query), getRetention(context)]);
  return (
    <Page>
      <PageHeader
        title="Audit"
        description={`Who did what, and why. Entries are chained by their hashes: a changed or missing one shows. They are kept ${
          retention.months === null ? 'for good' : `for ${retention.months} months`
        }.`}
        actions={
          <>
            {roleCan(role, 'audit.retain') && <RetentionSheet retention={retention} keep={keepFor} />}
            <Button asChild>
              <a href="/api/v1/audit/export?format=csv" download>
                <Download aria-hidden /> Export
              </a>
            </Button>
            <VerifyButton verify={verifyTrail} />
          </>
        }
      />
      <AuditList initial={entries} initialState={state} />
    </Page>
  );
}
