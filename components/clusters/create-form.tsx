'use client';

import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useCallback, useState } from 'react';
import { formatMemory } from '@/components/states/shape-text';
import { Term } from '@/components/terms/term';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input, NumberInput } from '@/components/ui/input';
import { lazily } from '@/components/ui/lazily';
import { Panel } from '@/components/ui/panel';
import { Select } from '@/components/ui/select';
import type { WorkloadView } from '@/lib/domain/contract';
import type { FieldProblem } from '@/lib/domain/errors';
import { NODES_MAX, SPARES_MAX, type Spread } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import type { CreateActions } from './cluster-actions';
import { MemoryInput, SpreadInput } from './size-inputs';
import { useCreationCheck } from './use-creation-check';
import { usePreview } from './use-preview';

const PlanPreview = lazily(async () => (await import('./plan-preview')).PlanPreview);

/** What the form holds. Numbers that are not typed out yet are NaN. */
interface Draft {
  readonly name: string;
  readonly workload: string;
  readonly nodes: number;
  readonly vcpus: number;
  readonly memoryMiB: number;
  readonly spread: Spread;
  readonly spares: number;
  readonly reason: string;
}

type Name = keyof Draft;

/** Where the API has what a field holds. */
const PATHS: Readonly<Record<Name, string>> = {
  name: 'name',
  workload: 'workload',
  nodes: 'requirements.nodes',
  vcpus: 'requirements.shape.vcpus',
  memoryMiB: 'requirements.shape.memoryMiB',
  spread: 'requirements.spread',
  spares: 'requirements.spares',
  reason: 'reason',
};

const toValues = ({ name, workload, nodes, vcpus, memoryMiB, spread, spares, reason }: Draft) => ({
  name,
  workload,
  requirements: { nodes, shape: { vcpus, memoryMiB }, spread, spares },
  reason,
});

interface PartProps {
  readonly draft: Draft;
  readonly change: (part: Partial<Draft>) => void;
  readonly touch: (name: Name) => void;
  readonly errorOf: (name: Name) => string | undefined;
}

interface CountProps extends PartProps {
  readonly name: 'nodes' | 'vcpus' | 'spares';
  readonly label: string;
  readonly min: number;
  readonly max: number;
  readonly hint?: ReactNode;
}

const CountField = ({ name, label, min, max, hint, draft, change, touch, errorOf }: CountProps) => (
  <Field label={label} error={errorOf(name)} hint={hint}>
    {(field) => (
      <NumberInput
        {...field}
        min={min}
        max={max}
        value={Number.isNaN(draft[name]) ? '' : draft[name]}
        onChange={(event) => change({ ...draft, [name]: event.target.valueAsNumber })}
        onBlur={() => touch(name)}
      />
    )}
  </Field>
);

const SizeFields = (props: PartProps) => {
  const { draft, change, touch, errorOf } = props;
  const { memoryMiB } = draft;
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-3">
        <CountField {...props} name="nodes" label="Nodes" min={1} max={NODES_MAX} />
        <CountField
          {...props}
          name="vcpus"
          label="vCPU of a node"
          min={SHAPE_LIMITS.vcpusMin}
          max={SHAPE_LIMITS.vcpusMax}
        />
        <CountField
          {...props}
          name="spares"
          label="Spares"
          min={0}
          max={SPARES_MAX}
          hint={
            <>
              Kept ready. <Term name="spare">What is a spare?</Term>
            </>
          }
        />
      </div>
      <Field
        label="Memory of a node"
        error={errorOf('memoryMiB')}
        hint={`${formatMemory(Number.isFinite(memoryMiB) ? memoryMiB : 0)}, in steps of ${SHAPE_LIMITS.memoryMiBStep} MiB.`}
      >
        {(field) => (
          <MemoryInput
            control={field}
            label="Memory of a node"
            value={memoryMiB}
            onChange={(next) => change({ memoryMiB: next })}
            onBlur={() => touch('memoryMiB')}
          />
        )}
      </Field>
      <SpreadInput value={draft.spread} onChange={(spread) => change({ spread })} />
    </>
  );
};

interface CreateFormProps {
  readonly workloads: readonly WorkloadView[];
  readonly actions: CreateActions;
}

/** Asks for a cluster; beside it what the planner would make of that, as it is typed. */
export const CreateForm = ({ workloads, actions }: CreateFormProps) => {
  const router = useRouter();
  const [draft, setDraft] = useState<Draft>({
    name: '',
    workload: (workloads.find(({ stateful }) => !stateful) ?? workloads[0])?.name ?? '',
    nodes: 2,
    vcpus: 1,
    memoryMiB: 256,
    spread: 'host',
    spares: 0,
    reason: '',
  });
  /** Fields that were left, or all once it was sent: before that nothing is called wrong. */
  const [touched, setTouched] = useState<ReadonlySet<Name> | 'all'>(new Set());
  const [refused, setRefused] = useState<readonly FieldProblem[]>([]);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isSubmitting, setIsSubmitting] = useState(false);
  const check = useCreationCheck();
  const values = toValues(draft);
  const problems = check?.checkCreation(values).problems ?? [];
  const ask = useCallback((text: string) => actions.preview(JSON.parse(text)), [actions]);
  const request = check?.previewRequest(values) ?? null;
  const asked = usePreview(request, ask);
  const { preview, isCurrent } = asked;
  // What the planner cannot place belongs beside its field too.
  const planned = isCurrent && preview !== null && 'error' in preview ? preview.error.fields : [];
  const errorOf = (name: Name): string | undefined => {
    const isTouched = touched === 'all' || touched.has(name);
    const known = [...(isTouched ? problems : []), ...refused, ...planned];
    return known.find(({ field }) => field === PATHS[name])?.message;
  };
  const change = (part: Partial<Draft>): void => {
    setRefused([]);
    setDraft((now) => ({ ...now, ...part }));
  };
  const touch = (name: Name): void => setTouched((now) => (now === 'all' ? now : new Set(now).add(name)));

  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTouched('all');
    setRefusal(null);
    if (problems.length > 0) return;
    setIsSubmitting(true);
    const answer = await actions.start(values).finally(() => setIsSubmitting(false));
    if (answer.ok) return router.push(`/operations/${answer.value.operationId}`);
    setRefused(answer.error.fields);
    const isPlaced = answer.error.fields.every(({ field }) => Object.values(PATHS).includes(field));
    setRefusal(isPlaced && answer.error.fields.length > 0 ? null : answer.error.message);
  };
  const part = { draft, change, touch, errorOf };
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-4 max-w-6xl lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_24rem]"
    >
      <Panel title="Requirements">
        <div className="flex flex-col gap-5">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" error={errorOf('name')} hint="Names its nodes too.">
              {(field) => (
                <Input
                  {...field}
                  value={draft.name}
                  onChange={(event) => change({ name: event.target.value })}
                  onBlur={() => touch('name')}
                  autoComplete="off"
                  spellCheck={false}
                />
              )}
            </Field>
            <Field label="Workload" error={errorOf('workload')} hint="What its nodes run.">
              {(field) => (
                <Select
                  {...field}
                  value={draft.workload}
                  onValueChange={(workload) => change({ workload })}
                  options={workloads.map(({ name, description }) => ({ value: name, label: name, description }))}
                />
              )}
            </Field>
          </div>
          <SizeFields {...part} />
          <Field label="Reason" optional hint="Written to the audit trail." error={errorOf('reason')}>
            {(field) => (
              <Input
                {...field}
                value={draft.reason}
                onChange={(event) => change({ reason: event.target.value })}
                onBlur={() => touch('reason')}
              />
            )}
          </Field>
        </div>
      </Panel>
      <div className="flex flex-col gap-4 lg:sticky lg:top-16">
        <Panel title="Plan" description="What the planner makes of this now">
          {request === null ? (
            <p className="text-fg-3 text-sm">The plan is shown here when the requirements are complete.</p>
          ) : (
            <PlanPreview {...asked} />
          )}
        </Panel>
        {refusal !== null && (
          <Callout tone="bad" role="alert">
            {refusal}
          </Callout>
        )}
        <Button type="submit" variant="primary" size="lg" pending={isSubmitting}>
          Create cluster
        </Button>
      </div>
    </form>
  );
};
