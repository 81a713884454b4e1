'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Callout } from '@/components/ui/callout';
import { Time } from '@/components/ui/time';
import type { ActionResult } from '@/lib/domain/action-result';
import type { RecommendationView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import type { ApprovalActions } from './approval-actions';
import { DecideForm } from './decide-form';
import { Outcome } from './outcome';
import { RecommendationFacts } from './recommendation-facts';
import { RecommendationState } from './recommendation-state';

interface DecideByLinkProps {
  readonly token: string;
  readonly opened: {
    readonly person: { readonly name: string; readonly email: string };
    readonly recommendation: RecommendationView;
    readonly state: 'valid' | 'used' | 'expired';
  };
  readonly answer: (input: {
    readonly token: string;
    readonly verdict: keyof ApprovalActions;
    readonly planHash: string;
    readonly comment: string;
  }) => Promise<ActionResult<RecommendationView>>;
}

/** What a link in a mail opens: the facts, and two buttons under the thumb. The press is what answers. */
export const DecideByLink = ({ token, opened, answer }: DecideByLinkProps) => {
  const router = useRouter();
  const [answered, setAnswered] = useState<RecommendationView | null>(null);
  const recommendation = answered ?? opened.recommendation;
  const actions = useMemo((): ApprovalActions => {
    const send = (verdict: keyof ApprovalActions) => async (given: { planHash: string; comment: string }) => {
      const { planHash, comment } = given;
      const result = await answer({ token, verdict, planHash, comment });
      if (result.ok) setAnswered(result.value);
      // The plan may have been made anew: what it is now has to be seen before it is agreed to.
      else router.refresh();
      return result;
    };
    return { approve: send('approve'), reject: send('reject') };
  }, [token, answer, router]);
  const { cluster, policy, requestedBy, from, to, state, createdAt, id } = recommendation;
  const isDecided = state !== 'open';
  const isAnswered = answered !== null || opened.state !== 'valid';
  return (
    <>
      <header className="flex flex-col gap-1 pb-4">
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <h1 className="font-semibold text-xl tracking-tight">
            {cluster.name}: {describeSizeChange(from, to)}
          </h1>
          <RecommendationState recommendation={recommendation} />
        </div>
        <p className="text-fg-2 text-sm">
          {policy?.name ?? requestedBy} asked <Time at={createdAt} />. You answer as {opened.person.email}.
        </p>
      </header>
      <RecommendationFacts recommendation={recommendation} />
      <div className="sticky bottom-0 z-20 -mx-4 mt-4 border-t bg-canvas p-4 pb-[max(1rem,env(safe-area-inset-bottom))] sm:-mx-6 sm:px-6">
        {isDecided && <Outcome recommendation={recommendation} />}
        {!isDecided && isAnswered && (
          <Callout
            tone={answered === null ? 'warn' : 'ok'}
            role="status"
            title={answered === null ? 'This link has been used' : 'You agreed'}
          >
            {answered === null ? (
              <Link prefetch={false} href={`/approvals/${id}`} className="underline underline-offset-2">
                Sign in to answer
              </Link>
            ) : (
              'One more person has to agree.'
            )}
          </Callout>
        )}
        {!isDecided && !isAnswered && <DecideForm recommendation={recommendation} actions={actions} />}
      </div>
    </>
  );
};
