import type { Metadata } from 'next';
import { OperationDetail } from '@/components/operations/operation-detail';
import { Page } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getOperation } from '@/lib/usecases/operations/operations';
import { orNotFound } from '../../or-not-found';
import { cancel, retry } from './actions';

interface OperationPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export const metadata: Metadata = { title: 'Operation' };

export default async function OperationPage({ params }: OperationPageProps) {
  const { id } = await params;
  const context = await pageContext();
  const operation = await orNotFound(getOperation(context, decodeURIComponent(id)));
  const { role } = context.actor;
  return (
    <Page>
      <OperationDetail
        initial={operation}
        actions={{
          cancel: roleCan(role, 'operation.cancel') ? cancel : null,
          retry: roleCan(role, 'cluster.change') ? retry : null,
        }}
      />
    </Page>
  );
}
