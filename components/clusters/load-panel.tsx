'use client';

import { zodResolver } from '@hookform/resolvers/zod';
import { useState, useTransition } from 'react';
import { useForm } from 'react-hook-form';
import type { z } from 'zod';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { applyActionError } from '@/components/ui/form-errors';
import { Input, NumberInput } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import type { ClusterView } from '@/lib/domain/contract';
import { type LoadInput, loadInputSchema } from '@/lib/domain/contract/cluster';
import type { ChangeLoad } from './cluster-actions';

const NO_LOAD: LoadInput = { requestsPerSecond: 0, path: '/', slowStreams: 0 };

const isOn = (load: LoadInput | null): load is LoadInput =>
  load !== null && (load.requestsPerSecond > 0 || load.slowStreams > 0);

const loadText = (load: LoadInput | null): string =>
  isOn(load)
    ? `Clients send ${load.requestsPerSecond} requests/s to ${load.path} and hold ${load.slowStreams} slow streams.`
    : 'No load is asked for.';

interface LoadPanelProps {
  readonly cluster: ClusterView;
  readonly change: ChangeLoad;
}

/** What the lab's clients put on the VIP, so that a failover has something to lose. */
export const LoadPanel = ({ cluster, change }: LoadPanelProps) => {
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isStopping, startStopping] = useTransition();
  const { register, handleSubmit, formState, setError } = useForm<z.input<typeof loadInputSchema>, unknown, LoadInput>({
    resolver: zodResolver(loadInputSchema),
    defaultValues: isOn(cluster.load) ? cluster.load : { requestsPerSecond: 50, path: '/', slowStreams: 0 },
  });
  const { errors, isSubmitting } = formState;
  const set = async (load: LoadInput): Promise<void> => {
    setRefusal(null);
    const answer = await change({ cluster: cluster.id, load });
    if (answer.ok) toast.success(isOn(load) ? 'The load is set' : 'The load stops');
    else setRefusal(applyActionError(answer.error, ['requestsPerSecond', 'path', 'slowStreams'], setError));
  };
  return (
    <Panel title="Load" description={loadText(cluster.load)}>
      <form noValidate onSubmit={(event) => void handleSubmit(set)(event)} className="flex flex-col gap-4">
        <div className="grid gap-4 sm:grid-cols-2">
          <Field label="Requests" error={errors.requestsPerSecond?.message}>
            {(field) => (
              <NumberInput
                {...field}
                {...register('requestsPerSecond', { valueAsNumber: true })}
                min={0}
                max={500}
                unit="req/s"
              />
            )}
          </Field>
          <Field label="Slow streams" error={errors.slowStreams?.message}>
            {(field) => (
              <NumberInput {...field} {...register('slowStreams', { valueAsNumber: true })} min={0} max={200} />
            )}
          </Field>
        </div>
        <Field label="Path" error={errors.path?.message}>
          {(field) => <Input {...field} {...register('path')} spellCheck={false} className="font-mono text-xs" />}
        </Field>
        {refusal !== null && (
          <Callout tone="bad" role="alert">
            {refusal}
          </Callout>
        )}
        <div className="flex gap-2">
          <Button type="submit" pending={isSubmitting}>
            Set load
          </Button>
          <Button
            variant="ghost"
            pending={isStopping}
            disabled={!isOn(cluster.load)}
            onClick={() => startStopping(() => set(NO_LOAD))}
          >
            Stop
          </Button>
        </div>
      </form>
    </Panel>
  );
};
