'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useState, useTransition } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import type { HostView } from '@/lib/domain/contract';

type SetLabels = (input: {
  readonly name: string;
  readonly labels: readonly string[];
}) => Promise<ActionResult<unknown>>;

export interface LabelActions {
  readonly host: SetLabels;
  readonly site: SetLabels;
}

interface LabelsPanelProps {
  readonly host: HostView;
  /** Null for those who may not change them. */
  readonly actions: LabelActions | null;
}

/** Labels in a row; says so where there are none. */
export const LabelList = ({ labels }: { readonly labels: readonly string[] }) =>
  labels.length === 0 ? (
    <span className="text-fg-3 text-sm">none</span>
  ) : (
    <span className="flex flex-wrap gap-1">
      {labels.map((label) => (
        <Badge key={label}>{label}</Badge>
      ))}
    </span>
  );

interface EditProps {
  readonly title: string;
  readonly name: string;
  readonly labels: readonly string[];
  readonly save: SetLabels | null;
}

const Labels = ({ title, name, labels, save }: EditProps) => {
  const client = useQueryClient();
  const router = useRouter();
  const [text, setText] = useState<string | null>(null);
  const [refusal, setRefusal] = useState<string | undefined>();
  const [isPending, startTransition] = useTransition();
  const submit = (): void =>
    startTransition(async () => {
      const wanted = (text ?? '').split(/[\s,]+/).filter((label) => label !== '');
      const answer = await save?.({ name, labels: wanted });
      if (answer?.ok === false) {
        setRefusal(answer.error.fields[0]?.message ?? answer.error.message);
        return;
      }
      setText(null);
      setRefusal(undefined);
      toast.success(`${name} has its labels`);
      void client.invalidateQueries({ queryKey: ['hosts'] });
      router.refresh();
    });
  if (text === null) {
    return (
      <div className="flex flex-col gap-1.5">
        <div className="flex items-center justify-between gap-2">
          <h3 className="font-medium text-fg text-xs">{title}</h3>
          {save !== null && (
            <Button
              size="sm"
              variant="ghost"
              aria-label={`Edit labels of ${name}`}
              onClick={() => setText(labels.join(' '))}
            >
              Edit
            </Button>
          )}
        </div>
        <LabelList labels={labels} />
      </div>
    );
  }
  return (
    <form
      noValidate
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <Field label={title} hint="Apart by spaces: rack=b4 ssd" error={refusal}>
        {(control) => (
          <Input
            {...control}
            autoFocus
            autoComplete="off"
            value={text}
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
      <div className="flex gap-2">
        <Button type="submit" size="sm" variant="primary" pending={isPending}>
          Save labels
        </Button>
        <Button size="sm" onClick={() => setText(null)}>
          Cancel
        </Button>
      </div>
    </form>
  );
};

/** What people say of a host and of its site. */
export const LabelsPanel = ({ host, actions }: LabelsPanelProps) => (
  <Panel title="Labels">
    <div className="flex flex-col gap-4">
      <Labels title={`Host ${host.name}`} name={host.name} labels={host.labels} save={actions?.host ?? null} />
      <Labels title={`Site ${host.site}`} name={host.site} labels={host.siteLabels} save={actions?.site ?? null} />
    </div>
  </Panel>
);
