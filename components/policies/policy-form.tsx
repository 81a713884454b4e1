'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { onDemand, useSoon } from '@/components/ui/on-demand';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import type { PolicyView } from '@/lib/domain/contract';
import type { FieldProblem } from '@/lib/domain/errors';
import type { RuleKind } from '@/lib/domain/policy/schema';
import { BoundsFields } from './bounds-fields';
import { CalendarFields } from './calendar-fields';
import type { CheckedDraft, PolicyReading } from './check-draft';
import { draftOf, newDraft, type PolicyDraft } from './draft';
import { ChoiceField, NumberField, type PartProps, TextField } from './fields';
import { LastWeek } from './last-week';
import { NextRuns } from './next-runs';
import type { PolicyActions, TryOut } from './policy-actions';
import { PredictiveFields, QueryFields, RightsizingFields, TargetFields, ThresholdFields } from './rule-fields';

const KINDS: readonly { readonly value: RuleKind; readonly label: string }[] = [
  { value: 'threshold', label: 'Threshold' },
  { value: 'target', label: 'Target' },
  { value: 'calendar', label: 'Calendar' },
  { value: 'predictive', label: 'Forecast' },
  { value: 'rightsizing', label: 'Rightsizing' },
  { value: 'query', label: 'Query' },
];

const MODES = [
  { value: 'observe', label: 'Observe', description: 'Only write down what it would do' },
  { value: 'approval', label: 'Approval', description: 'Ask a person first' },
  { value: 'automatic', label: 'Automatic', description: 'Change the size at once' },
] as const;

const RuleFields = (props: PartProps) => {
  const { kind } = props.draft;
  switch (kind) {
    case 'threshold':
      return <ThresholdFields {...props} />;
    case 'target':
      return <TargetFields {...props} />;
    case 'calendar':
      return <CalendarFields {...props} />;
    case 'predictive':
      return <PredictiveFields {...props} />;
    case 'rightsizing':
      return <RightsizingFields {...props} />;
    case 'query':
      return <QueryFields {...props} />;
    default: {
      const unknown: never = kind;
      throw new Error(`unknown kind of rule ${String(unknown)}`);
    }
  }
};

const ApprovalFields = ({ draft, change, errorOf }: PartProps) => (
  <div className="grid gap-4 sm:grid-cols-2">
    <ChoiceField
      label="Who has to agree"
      value={draft.persons === 2 ? 'two' : 'one'}
      onChange={(persons) => change({ persons: persons === 'two' ? 2 : 1 })}
      options={[
        { value: 'one', label: 'One person' },
        { value: 'two', label: 'Two people', description: 'Neither of whom wrote the policy' },
      ]}
    />
    <NumberField
      label="Expires after"
      unit="min"
      min={1}
      value={draft.expiresMinutes}
      onChange={(expiresMinutes) => change({ expiresMinutes })}
      error={errorOf('approval.expiresAfterMs')}
    />
    <NumberField
      label="Needs nobody up to"
      optional
      min={0}
      step="any"
      value={draft.automaticUpTo}
      onChange={(automaticUpTo) => change({ automaticUpTo })}
      hint="More cost per month, by the rates in force: such a change is made at once, as is one that saves money."
      error={errorOf('approval.automaticUpTo')}
    />
  </div>
);

/** What the policy says in words, what is odd about it, and when a calendar runs next. */
const Reading = ({ reading }: { readonly reading: PolicyReading | null }) => {
  if (reading === null) return <p className="text-fg-3 text-sm">What it will do is shown here when it is complete.</p>;
  const { description, warnings, runs } = reading;
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm">{description}</p>
      {warnings.map((warning) => (
        <Callout key={warning} tone="warn" role="status">
          {warning}
        </Callout>
      ))}
      {runs.length > 0 && <NextRuns runs={runs} />}
    </div>
  );
};

interface PolicyFormProps {
  readonly clusters: readonly string[];
  /** Null for a new one. */
  readonly policy: PolicyView | null;
  readonly actions: PolicyActions;
  readonly tryOut: TryOut;
}

/** The schema and what reads a policy: needed once it is being written. */
const CHECK = onDemand(() => import('./check-draft'));
const UNCHECKED: CheckedDraft = { input: null, fields: [] };

/** The editor of a policy: fields by its kind, and beside them what it will do. */
export const PolicyForm = ({ clusters, policy, actions, tryOut }: PolicyFormProps) => {
  const router = useRouter();
  const [draft, setDraft] = useState(() => (policy === null ? newDraft(clusters[0] ?? '', 'UTC') : draftOf(policy)));
  const [isTried, setIsTried] = useState(false);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const [isSaving, setIsSaving] = useState(false);
  const check = useSoon(CHECK);
  const { input, fields } = useMemo(() => check?.checkDraft(draft) ?? UNCHECKED, [check, draft]);
  // A replay needs no name yet.
  const replayable = useMemo(
    () => check?.checkDraft({ ...draft, name: draft.name || 'unnamed' }).input ?? null,
    [check, draft],
  );
  const reading = useMemo(
    () => (check === null || input === null ? null : check.readPolicy(input, Date.now())),
    [check, input],
  );
  const problems = isTried ? [...fields, ...refused] : refused;
  const errorOf = (path: string): string | undefined => problems.find(({ field }) => field === path)?.message;
  const change = (part: Partial<PolicyDraft>): void => {
    setRefused([]);
    setDraft((now) => ({ ...now, ...part }));
  };

  useEffect(() => {
    // The server does not know the viewer's zone.
    const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone;
    if (policy === null) setDraft((now) => ({ ...now, zone, quietZone: zone }));
  }, [policy]);

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setIsTried(true);
    setRefusal(null);
    if (input === null) return;
    setIsSaving(true);
    const { cluster: _, enabled: __, ...kept } = input;
    const answer = await (policy === null
      ? actions.create(input)
      : actions.update({ policy: policy.id, change: kept })
    ).finally(() => setIsSaving(false));
    if (answer.ok) return router.push(`/policies/${answer.value.name}`);
    setRefused(answer.error.fields);
    setRefusal(answer.error.message);
  };
  const part = { draft, change, errorOf };
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_28rem] 2xl:grid-cols-[minmax(0,1fr)_40rem]"
    >
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title="Policy">
          <div className="grid gap-4 sm:grid-cols-2">
            <TextField
              label="Name"
              value={draft.name}
              onChange={(name) => change({ name })}
              error={errorOf('name')}
              hint="Stands in the audit trail as who asked."
            />
            <ChoiceField
              label="Cluster"
              value={draft.cluster}
              onChange={(cluster) => change({ cluster })}
              options={clusters.map((value) => ({ value, label: value }))}
              disabled={policy !== null}
              error={errorOf('cluster')}
            />
            <ChoiceField label="Mode" value={draft.mode} onChange={(mode) => change({ mode })} options={MODES} />
          </div>
        </Panel>
        <Panel title="Rule">
          <div className="flex flex-col gap-4">
            <div className="overflow-x-auto">
              <Segmented label="Kind" value={draft.kind} onValueChange={(kind) => change({ kind })} options={KINDS} />
            </div>
            <RuleFields {...part} />
          </div>
        </Panel>
        <Panel title="Bounds">
          <div className="flex flex-col gap-4">
            <BoundsFields {...part} />
          </div>
        </Panel>
        {draft.mode === 'approval' && (
          <Panel title="Approval">
            <ApprovalFields {...part} />
          </Panel>
        )}
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <Panel title="What it does">
          <Reading reading={reading} />
        </Panel>
        {refusal !== null && (
          <Callout tone="bad" role="alert">
            {refusal}
          </Callout>
        )}
        {isTried && fields.length > 0 && (
          <Callout tone="bad" role="alert" title="This cannot be saved yet">
            <ul>
              {fields.map(({ field, message }) => (
                <li key={`${field} ${message}`}>
                  <code className="font-mono text-xs">{field}</code>: {message}
                </li>
              ))}
            </ul>
          </Callout>
        )}
        <Button type="submit" variant="primary" size="lg" pending={isSaving}>
          {policy === null ? 'Add policy' : 'Save policy'}
        </Button>
        <Panel title="Last week">
          <LastWeek input={replayable} tryOut={tryOut} />
        </Panel>
      </div>
    </form>
  );
};
