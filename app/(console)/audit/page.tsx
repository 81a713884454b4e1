import type { Metadata } from 'next';
import { AuditList } from '@/components/audit/audit-list';
import { VerifyButton } from '@/components/audit/verify-button';
import { AUDIT_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listAudit } from '@/lib/usecases/audit/audit';
import { NoPermission } from '../no-permission';
import { verifyTrail } from './actions';

export const metadata: Metadata = { title: 'Audit' };

interface AuditPageProps {
  readonly searchParams: Promise<{ readonly subject?: string | string[] }>;
}

export default async function AuditPage({ searchParams }: AuditPageProps) {
  const { subject } = await searchParams;
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
  const only = typeof subject === 'string' && subject !== '' ? subject.slice(0, 200) : null;
  const entries = await listAudit(context, { limit: AUDIT_LIMIT, ...(only === null ? {} : { subject: only }) });
  return (
    <Page>
      <PageHeader
        title="Audit"
        description="Who did what, and why. Entries are chained by their hashes: a changed or missing one shows."
        actions={<VerifyButton verify={verifyTrail} />}
      />
      <AuditList key={only ?? ''} initial={entries} subject={only} />
    </Page>
  );
}
