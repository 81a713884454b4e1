import type { Metadata } from 'next';
import { ApprovalsList } from '@/components/approvals/approvals-list';
import { RECOMMENDATIONS_LIMIT } from '@/components/live/limits';
import { Page, PageHeader } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listRecommendations } from '@/lib/usecases/recommendations/recommendations';
import { approve, reject } from './actions';

export const metadata: Metadata = { title: 'Approvals' };

export default async function ApprovalsPage() {
  const context = await pageContext();
  const [open, all] = await Promise.all([
    listRecommendations(context, { limit: 200, state: 'open' }),
    listRecommendations(context, { limit: RECOMMENDATIONS_LIMIT }),
  ]);
  return (
    <Page>
      <PageHeader title="Approvals" description="Changes that policies or people ask for, and what was decided." />
      <ApprovalsList
        open={open}
        all={all}
        actions={roleCan(context.actor.role, 'recommendation.decide') ? { approve, reject } : null}
      />
    </Page>
  );
}
