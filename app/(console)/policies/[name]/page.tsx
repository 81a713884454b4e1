import type { Metadata } from 'next';
import { PolicyCostPanel } from '@/components/cost/policy-cost-panel';
import { EVALUATIONS_LIMIT } from '@/components/live/limits';
import { PolicyDetail } from '@/components/policies/policy-detail';
import { Page } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getPolicyCost } from '@/lib/usecases/billing/policy-cost';
import { getPolicy, listEvaluations, listPolicies } from '@/lib/usecases/policies/policies';
import { orNoRates } from '../../cost/or-no-rates';
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
  const [evaluations, others, cost] = await Promise.all([
    listEvaluations(context, policy.id, { limit: EVALUATIONS_LIMIT }),
    listPolicies(context, { limit: 200 }),
    orNoRates(getPolicyCost(context, policy.id)),
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
      {cost !== null && (
        <div className="mt-4">
          <PolicyCostPanel cost={cost} />
        </div>
      )}
    </Page>
  );
}
