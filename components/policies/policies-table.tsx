'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Power, PowerOff, SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { useMemo } from 'react';
import { asOptions } from '@/components/lists/as-options';
import type { BulkAct } from '@/components/lists/bulk-bar';
import type { ListColumn, ListFilter } from '@/components/lists/list-rows';
import type { ListSpec } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { RowLink } from '@/components/lists/row-link';
import { useListState } from '@/components/lists/use-list-state';
import { useLocalSource } from '@/components/lists/use-source';
import { keys } from '@/components/live/keys';
import { policiesQuery } from '@/components/live/queries';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { Page, PolicyView } from '@/lib/domain/contract';
import { POLICY_MODES } from '@/lib/domain/policy/words';
import type { PolicyActions } from './policy-actions';
import { PolicyMode, PolicyOn } from './policy-badges';

const PolicyPhoneRow = ({ policy }: { readonly policy: PolicyView }) => (
  <PhoneRow
    title={<RowLink href={`/policies/${policy.name}`}>{policy.name}</RowLink>}
    end={<PolicyOn enabled={policy.enabled} />}
  >
    <span className="flex flex-wrap items-center gap-x-2">
      <PolicyMode mode={policy.mode} /> {policy.cluster.name}
    </span>
    {policy.description}
    {policy.lastEvaluation !== null && <span className="block text-fg-2">{policy.lastEvaluation.reason}</span>}
  </PhoneRow>
);

const COLUMNS: readonly ListColumn<PolicyView>[] = [
  {
    id: 'name',
    header: 'Policy',
    text: (policy) => policy.name,
    cell: ({ name, description }) => (
      <>
        <RowLink href={`/policies/${name}`}>{name}</RowLink>
        <span className="block min-w-48 max-w-xl text-fg-3 text-xs">{description}</span>
      </>
    ),
  },
  {
    id: 'cluster',
    header: 'Cluster',
    text: (policy) => policy.cluster.name,
    cell: ({ cluster }) => (
      <Link prefetch={false} href={`/clusters/${cluster.name}`} className="rounded-sm hover:underline">
        {cluster.name}
      </Link>
    ),
  },
  { id: 'mode', header: 'Mode', text: (policy) => policy.mode, cell: ({ mode }) => <PolicyMode mode={mode} /> },
  {
    id: 'on',
    header: 'On',
    text: ({ enabled }) => (enabled ? 'on' : 'off'),
    cell: ({ enabled }) => <PolicyOn enabled={enabled} />,
  },
  {
    id: 'last',
    header: 'Last evaluation',
    text: ({ lastEvaluation }) => lastEvaluation?.reason ?? '',
    cell: ({ lastEvaluation }) =>
      lastEvaluation === null ? (
        <span className="text-fg-3">not yet</span>
      ) : (
        <>
          <span className="block min-w-48 max-w-md text-fg text-xs">{lastEvaluation.reason}</span>
          <span className="text-fg-3 text-xs">
            <Time at={lastEvaluation.at} />
          </span>
        </>
      ),
  },
];

const POLICIES_LIST: ListSpec = {
  path: '/policies',
  sort: 'name',
  sorts: ['name', 'cluster', 'mode', 'on'],
  filters: { mode: POLICY_MODES, on: ['on', 'off'], cluster: null },
};

interface PoliciesTableProps {
  readonly initial: Page<PolicyView>;
  /** Null for those who may not. */
  readonly update: PolicyActions['update'] | null;
}

/** Switching many on or off, as on the day before a launch. */
const useSwitches = (update: PoliciesTableProps['update']): readonly BulkAct<PolicyView>[] => {
  const client = useQueryClient();
  if (update === null) return [];
  const turn = (on: boolean): BulkAct<PolicyView> => ({
    label: on ? 'Switch on' : 'Switch off',
    icon: on ? <Power aria-hidden /> : <PowerOff aria-hidden />,
    question: null,
    can: ({ enabled }) => enabled !== on,
    name: ({ name }) => name,
    run: async ({ id }) => {
      const result = await update({ policy: id, change: { enabled: on } });
      void client.invalidateQueries({ queryKey: keys.policies });
      return result;
    },
  });
  return [turn(true), turn(false)];
};

export const PoliciesTable = ({ initial, update }: PoliciesTableProps) => {
  const { data, error, refetch } = useQuery({ ...policiesQuery(), initialData: initial });
  const policies = data.items;
  const filters = useMemo(
    (): readonly ListFilter<PolicyView>[] => [
      { name: 'mode', label: 'Mode', options: asOptions(POLICY_MODES), of: ({ mode }) => mode },
      { name: 'on', label: 'State', options: asOptions(['on', 'off']), of: ({ enabled }) => (enabled ? 'on' : 'off') },
      {
        name: 'cluster',
        label: 'Cluster',
        options: asOptions(policies.map(({ cluster }) => cluster.name)),
        of: ({ cluster }) => cluster.name,
      },
    ],
    [policies],
  );
  const list = useListState(POLICIES_LIST);
  const source = useLocalSource(list, {
    rows: policies,
    columns: COLUMNS,
    filters,
    error,
    retry: () => void refetch(),
  });
  const bulk = useSwitches(update);
  return (
    <ListTable
      label="Policies"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={filters}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      searchIn="name, cluster, decision"
      bulk={bulk}
      phoneRow={(policy) => <PolicyPhoneRow key={policy.id} policy={policy} />}
      empty={
        <EmptyState icon={<SlidersHorizontal />} title="No policies yet">
          A policy compares what is measured, or the calendar, with what you want, and changes the size of a cluster.
          One that only observes shows what it would do.
        </EmptyState>
      }
    />
  );
};
