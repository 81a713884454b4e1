'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useCallback, useState, useTransition } from 'react';
import type { ChangeActions } from '@/components/clusters/cluster-actions';
import { PlanPreview } from '@/components/clusters/plan-preview';
import { usePreview } from '@/components/clusters/use-preview';
import { overviewQuery } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { DialogClose, Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { ActionError, ActionResult } from '@/lib/domain/action-result';
import type { ClusterView } from '@/lib/domain/contract';
import { type ChangeForm, fieldOf, formOf, requestOf, shapeOf } from './change-request';
import { FitsWhere } from './fits-where';
import { GuideStep } from './guide-step';
import { PlanStrip } from './plan-strip';
import { SizeSection } from './size-section';
import { WaySection } from './way-section';

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
  const hosts = useQuery(overviewQuery()).data?.hosts ?? [];
  const sites = [...new Set(hosts.map((host) => host.site))].sort();
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
  // While the planner is asked anew the plan before says which nodes go.
  const latestPlan = preview !== null && 'plan' in preview ? preview.plan : null;
  const problem = preview !== null && 'error' in preview ? preview.error : null;

  /** Hands in what is shown; where it leads when that was accepted. */
  const send = (by: (request: Parameters<ChangeActions['start']>[0]) => Promise<ActionResult<string>>): void => {
    if (plan === null || input === null) return;
    startTransition(async () => {
      setRefusal(null);
      const reason = form.reason === '' ? {} : { reason: form.reason };
      const answer = await by({ cluster: cluster.id, input: { ...input, ...reason, planHash: plan.hash } });
      if (answer.ok) {
        router.push(answer.value);
        return;
      }
      setRefusal(answer.error);
      if (MOVED_ON.has(answer.error.code)) void client.invalidateQueries({ queryKey: ['clusters'] });
    });
  };
  const apply = (): void =>
    send(async (wanted) => {
      const answer = await actions.start(wanted);
      return answer.ok ? { ok: true, value: `/operations/${answer.value.operationId}` } : answer;
    });
  const askForApproval = (): void =>
    send(async (wanted) => {
      const answer = await actions.ask(wanted);
      return answer.ok ? { ok: true, value: `/approvals/${answer.value.recommendationId}` } : answer;
    });

  const section = {
    cluster,
    form,
    errors: errorsOf(refusal ?? problem),
    change: (part: Partial<ChangeForm>) => setForm((before) => ({ ...before, ...part })),
  };
  const shape = shapeOf(cluster, form);
  return (
    <Sheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={`Change requirements of ${cluster.name}`}
      description="Right-sized virtual machines join, the work fails over, the old ones are given back."
      className="max-w-3xl"
      footer={
        <>
          <PlanStrip plan={plan} />
          <DialogClose>
            <Button>Cancel</Button>
          </DialogClose>
          <Button disabled={plan === null || isPending} onClick={askForApproval}>
            Send for approval
          </Button>
          <Button variant="primary" pending={isPending} disabled={plan === null} onClick={apply}>
            Apply
          </Button>
        </>
      }
    >
      <div className="flex flex-col gap-8">
        <GuideStep n={1} title="What it needs">
          <SizeSection {...section} />
        </GuideStep>
        <GuideStep n={2} title="What fits where">
          <FitsWhere shape={shape} plan={isUnchanged ? null : latestPlan} />
        </GuideStep>
        <GuideStep n={3} title="How the work moves">
          <WaySection {...section} sites={sites} plan={isUnchanged ? null : latestPlan} />
        </GuideStep>
        <GuideStep n={4} title="Plan">
          {request === null || isTold(problem) ? (
            <p className="text-fg-3 text-sm">
              {isUnchanged
                ? 'The plan is shown here when something is changed.'
                : 'The plan is shown here when every field is right.'}
            </p>
          ) : (
            <PlanPreview {...asked} />
          )}
          <Field
            label="Reason"
            optional
            error={section.errors.reason}
            hint="Written to the audit trail and to the operation."
          >
            {(control) => (
              <Input
                {...control}
                value={form.reason}
                maxLength={400}
                onChange={(event) => section.change({ reason: event.target.value })}
              />
            )}
          </Field>
          {refusal !== null && (
            <Callout
              tone="bad"
              role="alert"
              title={MOVED_ON.has(refusal.code) ? 'The cluster has moved on' : undefined}
            >
              {refusal.message}
            </Callout>
          )}
        </GuideStep>
      </div>
    </Sheet>
  );
};
