'use client';

import { Boxes, Check, LoaderCircle } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useCallback, useState } from 'react';
import type { CreateActions } from '@/components/clusters/cluster-actions';
import { PlanPreview } from '@/components/clusters/plan-preview';
import { useCreationCheck } from '@/components/clusters/use-creation-check';
import { usePreview } from '@/components/clusters/use-preview';
import { formatShape } from '@/components/states/shape-text';
import { Term } from '@/components/terms/term';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { cn } from '@/components/ui/cn';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import type { WorkloadView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { SIZES, type SizeId } from './sizes';

interface StepProps {
  readonly n: number;
  readonly title: string;
  readonly isDone: boolean;
  readonly children: ReactNode;
}

const Step = ({ n, title, isDone, children }: StepProps) => (
  <li className="flex gap-3 border-b px-4 py-4 last:border-0">
    <span
      aria-hidden
      className={cn(
        'flex size-6 shrink-0 items-center justify-center rounded-full border font-semibold text-xs',
        isDone ? 'border-transparent bg-ok-soft text-ok' : 'text-fg-2',
      )}
    >
      {isDone ? <Check className="size-3.5" strokeWidth={3} /> : n}
    </span>
    <div className="min-w-0 grow">
      <h3 className="mb-2 font-medium text-fg text-sm leading-6">
        {title}
        <span className="sr-only">{isDone ? ', done' : ''}</span>
      </h3>
      {children}
    </div>
  </li>
);

interface ChoiceProps {
  readonly name: string;
  readonly label: string;
  readonly note: string;
  readonly isChosen: boolean;
  readonly onChoose: () => void;
}

const Choice = ({ name, label, note, isChosen, onChoose }: ChoiceProps) => (
  <label
    className={cn(
      'flex min-w-0 cursor-pointer gap-2 rounded-md border p-3 has-focus-visible:outline-2 has-focus-visible:outline-accent',
      isChosen ? 'border-accent bg-accent-soft/50' : 'hover:border-line-strong',
    )}
  >
    <input
      type="radio"
      name={name}
      checked={isChosen}
      onChange={onChoose}
      className="mt-1 accent-accent outline-none"
    />
    <span className="min-w-0">
      <span className="block font-medium text-fg text-sm">{label}</span>
      <span className="block text-fg-2 text-xs">{note}</span>
    </span>
  </label>
);

interface FirstRunProps {
  /** Hosts that take VMs now. */
  readonly hostsUp: number;
  readonly workloads: readonly WorkloadView[];
  readonly actions: CreateActions;
}

/** From an empty system to the first cluster: where it runs, what it runs, how much of it. */
export const FirstRun = ({ hostsUp, workloads, actions }: FirstRunProps) => {
  const router = useRouter();
  const [workload, setWorkload] = useState((workloads.find(({ stateful }) => !stateful) ?? workloads[0])?.name ?? null);
  const [sizeId, setSizeId] = useState<SizeId>('small');
  const [name, setName] = useState('shop');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isStarting, setIsStarting] = useState(false);
  const size = SIZES.find(({ id }) => id === sizeId) ?? SIZES[0];
  const values = {
    name,
    workload: workload ?? '',
    requirements: {
      nodes: size.nodes,
      shape: { vcpus: size.vcpus, memoryMiB: size.memoryMiB },
      spread: 'host' as const,
      spares: 0,
    },
    reason: 'first cluster',
  };
  const ask = useCallback((text: string) => actions.preview(JSON.parse(text)), [actions]);
  const request = useCreationCheck()?.previewRequest(values) ?? null;
  const asked = usePreview(hostsUp === 0 || workload === null ? null : request, ask);
  const start = async (): Promise<void> => {
    setIsStarting(true);
    setRefusal(null);
    const answer = await actions.start(values);
    if (answer.ok) return router.push(`/operations/${answer.value.operationId}`);
    setIsStarting(false);
    setRefusal(answer.error.fields[0]?.message ?? answer.error.message);
  };
  return (
    <section aria-labelledby="first-run" className="overflow-hidden rounded-lg border bg-surface">
      <header className="border-b px-4 py-3">
        <h2 id="first-run" className="font-semibold text-base">
          Your first cluster, in three steps
        </h2>
        <p className="text-fg-2 text-sm">
          A cluster keeps a service running at the size you ask for, behind one <Term name="vip">virtual IP</Term>.
        </p>
      </header>
      <div className="grid lg:grid-cols-[minmax(0,1fr)_22rem]">
        <ol className="lg:border-r">
          <Step n={1} title="Where it runs" isDone={hostsUp > 0}>
            <p role="status" className="flex items-center gap-2 text-fg-2 text-sm">
              {hostsUp === 0 && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
              {hostsUp === 0
                ? 'Waiting for hosts: the orchestrator reports them once it has started.'
                : `${counted(hostsUp, 'host is', 'hosts are')} up; nodes are spread over them.`}
            </p>
          </Step>
          <Step n={2} title="What it runs" isDone={workload !== null}>
            <fieldset className="grid gap-2 sm:grid-cols-2">
              <legend className="sr-only">Workload</legend>
              {workloads.map((one) => (
                <Choice
                  key={one.name}
                  name="first-workload"
                  label={one.name}
                  note={one.description}
                  isChosen={workload === one.name}
                  onChoose={() => setWorkload(one.name)}
                />
              ))}
            </fieldset>
          </Step>
          <Step n={3} title="How much of it" isDone={false}>
            <div className="flex flex-col gap-3">
              <fieldset className="grid gap-2 sm:grid-cols-3">
                <legend className="sr-only">Size</legend>
                {SIZES.map(({ id, label, nodes, vcpus, memoryMiB }) => (
                  <Choice
                    key={id}
                    name="first-size"
                    label={label}
                    note={`${nodes} nodes, each ${formatShape({ vcpus, memoryMiB })}`}
                    isChosen={sizeId === id}
                    onChoose={() => setSizeId(id)}
                  />
                ))}
              </fieldset>
              <Field label="Name" hint="Names its nodes too." className="max-w-xs">
                {(control) => (
                  <Input
                    {...control}
                    value={name}
                    autoComplete="off"
                    spellCheck={false}
                    onChange={(event) => setName(event.target.value)}
                  />
                )}
              </Field>
            </div>
          </Step>
        </ol>
        <div className="flex flex-col gap-3 p-4">
          <h3 className="font-medium text-fg text-sm">What will be made</h3>
          <PlanPreview {...asked} />
          {refusal !== null && (
            <Callout tone="bad" role="alert">
              {refusal}
            </Callout>
          )}
          <Button
            variant="primary"
            size="lg"
            pending={isStarting}
            disabled={hostsUp === 0 || workload === null}
            onClick={() => void start()}
          >
            <Boxes aria-hidden /> Make the cluster
          </Button>
          <p className="text-fg-3 text-xs">
            Its size can be changed at any time without clients noticing.{' '}
            <Link prefetch={false} href="/clusters/new" className="rounded-sm text-accent-text underline">
              All settings
            </Link>
          </p>
        </div>
      </div>
    </section>
  );
};
