import type { Metadata } from 'next';
import { EVALUATIONS_LIMIT } from '@/components/live/limits';
import { PolicyDetail } from '@/components/policies/policy-detail';
import { Page } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getPolicy, listEvaluations, listPolicies } from '@/lib/usecases/policies/policies';
import { orNotFound } from '../../or-not-found';
import { create, remove, replay, update } from '../actions';

interface PolicyPageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async ({ params }: PolicyPageProps): Promise<Metadata> => ({
  title: decodeURIComponent((await params).name),
});

export default async function PolicyPage({ params }: PolicyPageProps) {
  const name = decodeURIComponent((await params).name);
  const context = await pageContext();
  const policy = await orNotFound(getPolicy(context, name));
  const [evaluations, others] = await Promise.all([
    listEvaluations(context, policy.id, { limit: EVALUATIONS_LIMIT }),
    listPolicies(context, { limit: 200 }),
  ]);
  return (
    <Page>
      <PolicyDetail
        initial={policy}
        evaluations={evaluations}
        others={others.items.filter(({ id }) => id !== policy.id)}
        actions={roleCan(context.actor.role, 'policy.write') ? { create, update, remove } : null}
        replay={replay}
      />
    </Page>
  );
}
