'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useState, useTransition } from 'react';
import type { ChangeActions } from '@/components/clusters/cluster-actions';
import { PlanPreview } from '@/components/clusters/plan-preview';
import { usePreview } from '@/components/clusters/use-preview';
import { hostsQuery } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DialogClose, Sheet } from '@/components/ui/dialog';
import type { ActionError } from '@/lib/domain/action-result';
import type { ClusterView } from '@/lib/domain/contract';
import { ChangeFields } from './change-fields';
import { type ChangeForm, fieldOf, formOf, requestOf } from './change-request';

interface SheetProps {
  readonly cluster: ClusterView;
  readonly actions: ChangeActions;
  readonly onClose: () => void;
}

const errorsOf = (error: ActionError | null): Partial<Record<keyof ChangeForm, string>> => {
  const errors: Partial<Record<keyof ChangeForm, string>> = {};
  for (const { field, message } of error?.fields ?? []) {
    const name = fieldOf(field);
    if (name !== null) errors[name] ??= message;
  }
  return errors;
};

/** Whether every problem is told beside its field. */
const isTold = (error: ActionError | null): boolean =>
  error !== null && error.fields.length > 0 && error.fields.every(({ field }) => fieldOf(field) !== null);

const MOVED_ON = new Set(['stale_generation', 'stale_plan']);

/** Asks for other requirements; the plan below is what the planner makes of them, and it is what is applied. */
export const ChangeRequirementsSheet = ({ cluster, actions, onClose }: SheetProps) => {
  const router = useRouter();
  const client = useQueryClient();
  const hosts = useQuery(hostsQuery()).data?.items ?? [];
  const [form, setForm] = useState(() => formOf(cluster));
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const [isPending, startTransition] = useTransition();
  const input = requestOf(cluster, form);
  const isUnchanged = JSON.stringify(input) === JSON.stringify(requestOf(cluster, formOf(cluster)));
  const request = input === null || isUnchanged ? null : JSON.stringify({ cluster: cluster.id, input });
  const ask = useCallback((text: string) => actions.preview(JSON.parse(text)), [actions]);
  const asked = usePreview(request, ask);
  const { preview, isCurrent } = asked;
  const plan = isCurrent && preview !== null && 'plan' in preview ? preview.plan : null;
  const problem = preview !== null && 'error' in preview ? preview.error : null;

  const apply = (): void => {
    if (plan === null || input === null) return;
    startTransition(async () => {
      setRefusal(null);
      const reason = form.reason === '' ? {} : { reason: form.reason };
      const answer = await actions.start({ cluster: cluster.id, input: { ...input, ...reason, planHash: plan.hash } });
      if (answer.ok) {
        router.push(`/operations/${answer.value.operationId}`);
        return;
      }
      setRefusal(answer.error);
      if (MOVED_ON.has(answer.error.code)) void client.invalidateQueries({ queryKey: ['clusters'] });
    });
  };

  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change requirements of ${cluster.name}`}
      description="Right-sized virtual machines join, the work fails over, the old ones are given back."
      footer={
        <>
          <DialogClose asChild>
            <Button>Cancel</Button>
          </DialogClose>
          <Button variant="primary" pending={isPending} disabled={plan === null} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-6">
        <ChangeFields
          cluster={cluster}
          sites={[...new Set(hosts.map((host) => host.site))].sort()}
          form={form}
          errors={errorsOf(refusal ?? problem)}
          change={(part) => setForm((before) => ({ ...before, ...part }))}
        />
        <section aria-labelledby="change-plan" className="flex flex-col gap-2">
          <h3 id="change-plan" className="font-medium text-xs">
            Plan
          </h3>
          {request === null || isTold(problem) ? (
            <p className="text-fg-3 text-sm">
              {isUnchanged
                ? 'The plan is shown here when something is changed.'
                : 'The plan is shown here when every field is right.'}
            </p>
          ) : (
            <PlanPreview {...asked} />
          )}
        </section>
        {refusal !== null && (
          <Callout tone="bad" role="alert" title={MOVED_ON.has(refusal.code) ? 'The cluster has moved on' : undefined}>
            {refusal.message}
          </Callout>
        )}
      </div>
    </Sheet>
  );
};
