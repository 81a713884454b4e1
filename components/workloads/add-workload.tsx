'use client';

import { Plus } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { type FormEvent, useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Sheet } from '@/components/ui/dialog';
import { Field } from '@/components/ui/field';
import { FormSheetFooter } from '@/components/ui/form-sheet-footer';
import { Textarea } from '@/components/ui/input';
import type { ActionError } from '@/lib/domain/action-result';
import { EXAMPLE_TEXT } from './example';
import { readJson } from './read-json';
import type { WorkloadActions } from './workload-actions';

const FIELDS = [
  ['name', 'Lower-case letters, digits and hyphens.'],
  ['packages', 'Debian packages besides the clustering process. One that no image has yet takes a build.'],
  ['files', 'Written before the start: path, content, mode.'],
  ['startCommand', 'One line of a shell; an absolute path first.'],
  ['port', 'Where the application listens in the guest.'],
  ['servicePort', 'Port at the VIP; 80 unless given.'],
  ['healthPath', 'Answers 200 when it is able to work; /healthz unless given.'],
  ['probePath', 'What the prober asks through the VIP; / unless given.'],
  ['maxConnections', 'What one node takes before it hands over to a peer; 64 unless given.'],
  [
    'volume',
    'null, or mountPath and sizeGiB: then one node runs it at a time, and its data moves with it. standsBy: true starts it on the others as well, where it waits, not healthy, until the volume is mounted.',
  ],
] as const;

const Refusal = ({ error }: { readonly error: ActionError }) => (
  <Callout tone="bad" role="alert" title={error.fields.length === 0 ? error.message : 'This cannot be added yet'}>
    {error.fields.length > 0 && (
      <ul className="flex flex-col gap-1">
        {error.fields.map(({ field, message }) => (
          <li key={`${field} ${message}`}>
            <code className="font-mono text-xs">{field === '' ? 'the whole' : field}</code>: {message}
          </li>
        ))}
      </ul>
    )}
  </Callout>
);

interface FormProps {
  readonly id: string;
  readonly create: WorkloadActions['create'];
  readonly onSubmitting: (isSubmitting: boolean) => void;
}

const WorkloadForm = ({ id, create, onSubmitting }: FormProps) => {
  const router = useRouter();
  const [text, setText] = useState(EXAMPLE_TEXT);
  const [syntax, setSyntax] = useState<string | undefined>(undefined);
  const [refusal, setRefusal] = useState<ActionError | null>(null);
  const change = (next: string): void => {
    setText(next);
    if (syntax === undefined) return;
    const read = readJson(next);
    setSyntax(read.ok ? undefined : read.message);
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setRefusal(null);
    const read = readJson(text);
    setSyntax(read.ok ? undefined : read.message);
    if (!read.ok) return;
    onSubmitting(true);
    const answer = await create(read.value).finally(() => onSubmitting(false));
    if (answer.ok) router.push(`/workloads/${answer.value.name}`);
    else setRefusal(answer.error);
  };
  return (
    <form id={id} noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-4">
      {refusal !== null && (
        // Whoever sent the form may have scrolled away from its beginning.
        <div ref={(element) => element?.scrollIntoView({ block: 'nearest' })}>
          <Refusal error={refusal} />
        </div>
      )}
      <Field label="Definition" hint="JSON. The example is a service that answers hello." error={syntax}>
        {(control) => (
          <Textarea
            {...control}
            value={text}
            onChange={(event) => change(event.target.value)}
            onBlur={() => {
              const read = readJson(text);
              setSyntax(read.ok ? undefined : read.message);
            }}
            rows={22}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            className="font-mono text-xs"
          />
        )}
      </Field>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-xs">
        {FIELDS.map(([name, text]) => (
          <div key={name} className="contents">
            <dt className="font-mono text-fg">{name}</dt>
            <dd className="text-fg-2">{text}</dd>
          </div>
        ))}
      </dl>
    </form>
  );
};

/** Asks for a workload of one's own as JSON; what is wrong with it is told field by field. */
export const AddWorkload = ({ create }: { readonly create: WorkloadActions['create'] }) => {
  const id = useId();
  const [isSubmitting, setIsSubmitting] = useState(false);
  return (
    <Sheet
      title="Add a workload"
      description="What the nodes of a cluster run: packages, files, a start command and a health check."
      className="max-w-2xl"
      trigger={
        <Button variant="primary">
          <Plus aria-hidden /> Add workload
        </Button>
      }
      footer={<FormSheetFooter form={id} label="Add workload" pending={isSubmitting} />}
    >
      <WorkloadForm id={id} create={create} onSubmitting={setIsSubmitting} />
    </Sheet>
  );
};
