'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState, useTransition } from 'react';
import { hostsQuery } from '@/components/live/queries';
import { Term } from '@/components/terms/term';
import { ActSection, ActSheet } from '@/components/ui/act-sheet';
import { Field } from '@/components/ui/field';
import { Select, type SelectOption } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import type { ClusterView, HostView, NodeView } from '@/lib/domain/contract';
import type { FailoverActions } from './cluster-actions';
import { sparesOf } from './cluster-facts';
import { PlanPreview } from './plan-preview';
import { usePreview } from './use-preview';

/** To where the planner finds best. */
const ANYWHERE = '*';

interface FailoverSheetProps {
  readonly cluster: ClusterView;
  readonly node: NodeView;
  /** `move` lets one choose the host, `failover` a spare. */
  readonly kind: 'failover' | 'move';
  readonly actions: FailoverActions;
  readonly onClose: () => void;
}

const targetsOf = (
  { cluster, node, kind }: Pick<FailoverSheetProps, 'cluster' | 'node' | 'kind'>,
  hosts: readonly HostView[],
): readonly SelectOption[] => {
  if (kind === 'move') {
    return hosts
      .filter((host) => host.name !== node.host && host.state === 'up')
      .map(({ name, site }) => ({ value: name, label: name, description: site }));
  }
  return [
    { value: ANYWHERE, label: 'Where it fits best' },
    ...sparesOf(cluster).map(({ name, host }) => ({ value: name, label: name, description: `spare on ${host}` })),
  ];
};

const useForm = (props: FailoverSheetProps) => {
  const { cluster, node, kind, actions, onClose } = props;
  const client = useQueryClient();
  const hosts = useQuery({ ...hostsQuery(), enabled: kind === 'move' }).data?.items ?? [];
  const [target, setTarget] = useState<string | undefined>(kind === 'failover' ? ANYWHERE : undefined);
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const inputOf = (to: string) => ({
    from: node.name,
    ...(to === ANYWHERE ? {} : { to }),
    generation: cluster.generation,
  });
  const request = target === undefined ? null : JSON.stringify({ cluster: cluster.id, input: inputOf(target) });
  const ask = useCallback((text: string) => actions.preview(JSON.parse(text)), [actions]);
  const asked = usePreview(request, ask);

  const start = (): void => {
    if (target === undefined) return;
    startTransition(async () => {
      setRefusal(null);
      const input = { ...inputOf(target), ...(reason === '' ? {} : { reason }) };
      const answer = await actions.start({ cluster: cluster.id, input });
      if (!answer.ok) {
        setRefusal(answer.error.message);
        return;
      }
      void client.invalidateQueries({ queryKey: ['clusters'] });
      toast.success(`${node.name} hands over`);
      onClose();
    });
  };
  return { options: targetsOf(props, hosts), target, setTarget, reason, setReason, refusal, isPending, asked, start };
};

/** Hands the work of one node to another VM, after showing how. */
export const FailoverSheet = (props: FailoverSheetProps) => {
  const { node, kind, onClose } = props;
  const { options, target, setTarget, reason, setReason, refusal, isPending, asked, start } = useForm(props);
  const isReady = asked.isCurrent && asked.preview !== null && 'plan' in asked.preview;
  return (
    <ActSheet
      open
      onOpenChange={(open) => !open && onClose()}
      title={kind === 'move' ? `Move ${node.name} to another host` : `Fail over ${node.name}`}
      description="Another VM takes its work; then this one is removed. The requirements stay as they are."
      label={kind === 'move' ? 'Move' : 'Fail over'}
      isReady={isReady}
      isPending={isPending}
      onStart={start}
      reason={reason}
      onReason={setReason}
      refusal={refusal}
    >
      <Field label={kind === 'move' ? 'Host' : 'To'} hint={`${node.name} is on ${node.host} now.`}>
        {(control) => (
          <Select
            {...control}
            value={target}
            onValueChange={setTarget}
            options={options}
            placeholder="Choose a host…"
          />
        )}
      </Field>
      {target !== undefined && (
        <ActSection id="plan" title="What will be done">
          <PlanPreview {...asked} />
          <p className="text-fg-3 text-xs">
            {node.name} <Term name="drain">drains</Term> before it leaves.
          </p>
        </ActSection>
      )}
    </ActSheet>
  );
};
