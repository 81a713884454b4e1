import type { Metadata } from 'next';
import { RecommendationDetail } from '@/components/approvals/recommendation-detail';
import { Page } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getRecommendation } from '@/lib/usecases/recommendations/recommendations';
import { orNotFound } from '../../or-not-found';
import { approve, reject } from '../actions';

export const metadata: Metadata = { title: 'Approval' };

interface ApprovalPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export default async function ApprovalPage({ params }: ApprovalPageProps) {
  const { id } = await params;
  const context = await pageContext();
  const recommendation = await orNotFound(getRecommendation(context, decodeURIComponent(id)));
  return (
    <Page>
      <RecommendationDetail
        initial={recommendation}
        actions={roleCan(context.actor.role, 'recommendation.decide') ? { approve, reject } : null}
      />
    </Page>
  );
}
