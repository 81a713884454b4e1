'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useTransition } from 'react';
import { hostsWithVmsQuery } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Segmented } from '@/components/ui/segmented';
import { Select, type SelectOption } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import type { HostView, Page } from '@/lib/domain/contract';
import { isCut, LAB_CUTS, LAB_FAULT_KINDS, type LabCut, type LabFaultKind, labTargetOf } from '@/lib/domain/lab-fault';
import type { LabActions } from './lab-actions';
import { CUT_TEXT, KIND_TEXT } from './lab-text';

interface RehearseFormProps {
  readonly hosts: Page<HostView>;
  readonly hurt: LabActions['hurt'];
}

const targetsOf = (kind: LabFaultKind, hosts: readonly HostView[]): readonly SelectOption[] => {
  const noun = labTargetOf(kind);
  switch (noun) {
    case 'vm':
      return hosts
        .flatMap((host) => host.vms)
        .filter((vm) => vm.state === 'running')
        .map((vm) => ({ value: vm.name, label: vm.name, description: `${vm.role} on ${vm.host}` }));
    case 'host':
      return hosts.map((host) => ({ value: host.name, label: host.name, description: `${host.vmCount} VMs` }));
    case 'site':
      return [...new Set(hosts.map((host) => host.site))].map((site) => ({ value: site, label: site }));
    default:
      return noun satisfies never;
  }
};

const useForm = ({ hosts: initial, hurt }: RehearseFormProps) => {
  const client = useQueryClient();
  const hosts = useQuery({ ...hostsWithVmsQuery(), initialData: initial }).data.items;
  const [kind, setKind] = useState<LabFaultKind>('crash-vm');
  const [target, setTarget] = useState<string | undefined>(undefined);
  const [direction, setDirection] = useState<LabCut>('both');
  const [reason, setReason] = useState('');
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const targets = targetsOf(kind, hosts);
  const chosen = targets.some((option) => option.value === target) ? target : undefined;
  const submit = (): void => {
    if (chosen === undefined) return;
    startTransition(async () => {
      const answer = await hurt({ kind, target: chosen, reason, ...(isCut(kind) ? { direction } : {}) });
      setRefusal(answer.ok ? null : answer.error.message);
      if (!answer.ok) return;
      void client.invalidateQueries({ queryKey: ['lab'] });
      toast.success(`${KIND_TEXT[kind].label}: ${chosen}`);
    });
  };
  return {
    kind,
    setKind,
    targets,
    chosen,
    setTarget,
    direction,
    setDirection,
    reason,
    setReason,
    refusal,
    isPending,
    submit,
  };
};

/** Hurts the lab on purpose. */
export const RehearseForm = (props: RehearseFormProps) => {
  const form = useForm(props);
  const { kind, chosen, isPending } = form;
  return (
    <form
      className="flex max-w-xl flex-col gap-5"
      onSubmit={(event) => {
        event.preventDefault();
        form.submit();
      }}
    >
      <Field label="What happens" hint={KIND_TEXT[kind].hint}>
        {(control) => (
          <Select
            {...control}
            value={kind}
            onValueChange={form.setKind}
            options={LAB_FAULT_KINDS.map((value) => ({ value, label: KIND_TEXT[value].label }))}
          />
        )}
      </Field>
      <Field label={{ vm: 'VM', host: 'Host', site: 'Site' }[labTargetOf(kind)]}>
        {(control) => (
          <Select
            {...control}
            value={chosen}
            onValueChange={form.setTarget}
            options={form.targets}
            placeholder={form.targets.length === 0 ? 'There is none' : 'Choose…'}
            disabled={form.targets.length === 0}
          />
        )}
      </Field>
      {isCut(kind) && (
        <div className="flex flex-col items-start gap-1.5">
          <span className="font-medium text-xs">What is lost</span>
          <Segmented
            label="What is lost"
            value={form.direction}
            onValueChange={form.setDirection}
            options={LAB_CUTS.map((value) => ({ value, label: CUT_TEXT[value] }))}
          />
        </div>
      )}
      <Field label="Reason" optional hint="Written to the audit trail.">
        {(control) => (
          <Input
            {...control}
            value={form.reason}
            maxLength={400}
            onChange={(event) => form.setReason(event.target.value)}
          />
        )}
      </Field>
      {form.refusal !== null && (
        <Callout tone="bad" role="alert">
          {form.refusal}
        </Callout>
      )}
      <div>
        <Button type="submit" variant="danger" pending={isPending} disabled={chosen === undefined}>
          {KIND_TEXT[kind].label}
        </Button>
      </div>
    </form>
  );
};
