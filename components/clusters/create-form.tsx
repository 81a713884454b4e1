'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useState } from 'react';
import { type Control, Controller, type FieldErrors, type UseFormRegister, useForm, useWatch } from 'react-hook-form';
import { formatMemory } from '@/components/states/shape-text';
import { Term } from '@/components/terms/term';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { Input, NumberInput } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { Select } from '@/components/ui/select';
import { type CreateClusterInput, createClusterSchema, type WorkloadView } from '@/lib/domain/contract';
import { NODES_MAX, SPARES_MAX } from '@/lib/domain/requirements';
import { SHAPE_LIMITS } from '@/lib/domain/shape';
import type { CreateActions, CreateClusterValues } from './cluster-actions';
import { PlanPreview } from './plan-preview';
import { previewRequest } from './preview-request';
import { MemoryInput, SpreadInput } from './size-inputs';
import { usePreview } from './use-preview';

const FIELDS = [
  'name',
  'workload',
  'requirements.nodes',
  'requirements.shape.vcpus',
  'requirements.shape.memoryMiB',
  'requirements.spread',
  'requirements.spares',
  'reason',
] as const;

interface PartProps {
  readonly register: UseFormRegister<CreateClusterValues>;
  readonly control: Control<CreateClusterValues, unknown, CreateClusterInput>;
  readonly errors: FieldErrors<CreateClusterValues>;
}

const MemoryField = ({ control, errors }: Pick<PartProps, 'control' | 'errors'>) => (
  <Controller
    name="requirements.shape.memoryMiB"
    control={control}
    render={({ field: { value, onChange, onBlur } }) => (
      <Field
        label="Memory of a node"
        error={errors.requirements?.shape?.memoryMiB?.message}
        hint={`${formatMemory(Number.isFinite(value) ? value : 0)}, in steps of ${SHAPE_LIMITS.memoryMiBStep} MiB.`}
      >
        {(field) => (
          <MemoryInput control={field} label="Memory of a node" value={value} onChange={onChange} onBlur={onBlur} />
        )}
      </Field>
    )}
  />
);

const SizeFields = ({ register, control, errors }: PartProps) => (
  <>
    <div className="grid gap-4 sm:grid-cols-3">
      <Field label="Nodes" error={errors.requirements?.nodes?.message}>
        {(field) => (
          <NumberInput
            {...field}
            {...register('requirements.nodes', { valueAsNumber: true })}
            min={1}
            max={NODES_MAX}
          />
        )}
      </Field>
      <Field label="vCPU of a node" error={errors.requirements?.shape?.vcpus?.message}>
        {(field) => (
          <NumberInput
            {...field}
            {...register('requirements.shape.vcpus', { valueAsNumber: true })}
            min={SHAPE_LIMITS.vcpusMin}
            max={SHAPE_LIMITS.vcpusMax}
          />
        )}
      </Field>
      <Field
        label="Spares"
        hint={
          <>
            Kept ready. <Term name="spare">What is a spare?</Term>
          </>
        }
        error={errors.requirements?.spares?.message}
      >
        {(field) => (
          <NumberInput
            {...field}
            {...register('requirements.spares', { valueAsNumber: true })}
            min={0}
            max={SPARES_MAX}
          />
        )}
      </Field>
    </div>
    <MemoryField control={control} errors={errors} />
    <Controller
      name="requirements.spread"
      control={control}
      render={({ field: { value = 'host', onChange } }) => <SpreadInput value={value} onChange={onChange} />}
    />
  </>
);

interface CreateFormProps {
  readonly workloads: readonly WorkloadView[];
  readonly actions: CreateActions;
}

/** Asks for a cluster; beside it what the planner would make of that, as it is typed. */
export const CreateForm = ({ workloads, actions }: CreateFormProps) => {
  const router = useRouter();
  const [refusal, setRefusal] = useState<string | null>(null);
  const form = useForm<CreateClusterValues, unknown, CreateClusterInput>({
    resolver: zodResolver(createClusterSchema),
    mode: 'onTouched',
    defaultValues: {
      name: '',
      workload: (workloads.find(({ stateful }) => !stateful) ?? workloads[0])?.name ?? '',
      requirements: { nodes: 2, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 0 },
      reason: '',
    },
  });
  const { register, control, handleSubmit, formState, setError } = form;
  const { errors, isSubmitting } = formState;
  const values = useWatch({ control });
  const ask = useCallback((text: string) => actions.preview(JSON.parse(text)), [actions]);
  const request = previewRequest(values);
  const asked = usePreview(request, ask);
  const { preview, isCurrent } = asked;

  useEffect(() => {
    if (isCurrent && preview !== null && 'error' in preview) applyActionError(preview.error, FIELDS, setError);
  }, [preview, isCurrent, setError]);

  const submit = handleSubmit(async (wanted) => {
    setRefusal(null);
    const answer = await actions.start(wanted);
    if (answer.ok) router.push(`/operations/${answer.value.operationId}`);
    else setRefusal(applyActionError(answer.error, FIELDS, setError));
  });
  return (
    <form
      noValidate
      onSubmit={(event) => void submit(event)}
      className="grid items-start gap-4 max-w-6xl lg:grid-cols-[minmax(0,1fr)_20rem] xl:grid-cols-[minmax(0,1fr)_24rem]"
    >
      <Panel title="Requirements">
        <div className="flex flex-col gap-5">
          <div className="grid gap-4 sm:grid-cols-2">
            <Field label="Name" error={errors.name?.message} hint="Names its nodes too.">
              {(field) => <Input {...field} {...register('name')} autoComplete="off" spellCheck={false} />}
            </Field>
            <Controller
              name="workload"
              control={control}
              render={({ field: { value, onChange } }) => (
                <Field label="Workload" error={errors.workload?.message} hint="What its nodes run.">
                  {(field) => (
                    <Select
                      {...field}
                      value={value}
                      onValueChange={onChange}
                      options={workloads.map(({ name, description }) => ({ value: name, label: name, description }))}
                    />
                  )}
                </Field>
              )}
            />
          </div>
          <SizeFields register={register} control={control} errors={errors} />
          <Field label="Reason" optional hint="Written to the audit trail." error={errors.reason?.message}>
            {(field) => <Input {...field} {...register('reason')} />}
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
