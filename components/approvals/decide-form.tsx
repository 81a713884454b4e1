'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { toast } from '@/components/ui/toast';
import type { RecommendationView } from '@/lib/domain/contract';
import type { ApprovalActions } from './approval-actions';

const TOLD = { approve: 'Approved', reject: 'Rejected' } as const;

interface DecideFormProps {
  readonly recommendation: RecommendationView;
  readonly actions: ApprovalActions;
}

/** A comment and two buttons as large as a thumb; approving says yes to the plan that is shown and to no other. */
export const DecideForm = ({ recommendation, actions }: DecideFormProps) => {
  const client = useQueryClient();
  const [comment, setComment] = useState('');
  const [pending, setPending] = useState<keyof ApprovalActions | null>(null);
  const [error, setError] = useState<string | null>(null);
  // The page follows what happens: a plan that changes under the thumb is not the one that was read.
  const [readHash, setReadHash] = useState(recommendation.planHash);
  const isRead = readHash === recommendation.planHash;
  const decide = async (verb: keyof ApprovalActions): Promise<void> => {
    setPending(verb);
    setError(null);
    const { id, planHash } = recommendation;
    const answer = await actions[verb]({ id, planHash, comment }).finally(() => setPending(null));
    if (!answer.ok) setError(answer.error.message);
    else if (answer.value.state === 'open') toast.success('Approved; one more person has to agree');
    else toast.success(TOLD[verb]);
    void client.invalidateQueries({ queryKey: ['recommendations'] });
  };
  return (
    <div className="flex flex-col gap-3">
      {error !== null && (
        <Callout tone="bad" role="alert">
          {error}
        </Callout>
      )}
      {!isRead && (
        <Callout tone="warn" role="alert" title="The plan was made anew while you looked">
          <p>Read it again: its figures and steps may be others.</p>
          <Button size="lg" className="mt-2" onClick={() => setReadHash(recommendation.planHash)}>
            I have read it
          </Button>
        </Callout>
      )}
      <Field label="Comment" optional hint="Written to the audit trail.">
        {(control) => (
          <Input {...control} value={comment} maxLength={500} onChange={(event) => setComment(event.target.value)} />
        )}
      </Field>
      <div className="grid grid-cols-2 gap-3">
        <Button className="h-12" size="lg" pending={pending === 'reject'} onClick={() => void decide('reject')}>
          Reject
        </Button>
        <Button
          className="h-12"
          size="lg"
          variant="primary"
          pending={pending === 'approve'}
          disabled={!isRead}
          onClick={() => void decide('approve')}
        >
          Approve
        </Button>
      </div>
    </div>
  );
};
