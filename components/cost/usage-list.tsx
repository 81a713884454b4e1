'use client';

import { useQuery } from '@tanstack/react-query';
import { Receipt } from 'lucide-react';
import { asOptions } from '@/components/lists/as-options';
import type { ListColumn } from '@/components/lists/list-rows';
import type { ListState } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { RowLink } from '@/components/lists/row-link';
import { useListState } from '@/components/lists/use-list-state';
import { useRemoteSource } from '@/components/lists/use-source';
import { USAGE_LIMIT } from '@/components/live/limits';
import { clustersQuery } from '@/components/live/queries';
import { formatShape } from '@/components/states/shape-text';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { Page, UsageView } from '@/lib/domain/contract';
import { TIERS } from '@/lib/domain/usage/types';
import { formatMoney, formatMonth, formatSeconds } from './money-text';
import { TIER_TEXT } from './tier-text';
import { USAGE_LIST } from './usage-list-spec';

/** Shown; the CSV has it as it is. */
const COST_PLACES = 4;

const shapeOf = (usage: UsageView): string => {
  if (usage.resource === 'vm') return formatShape(usage.shape);
  return usage.resource === 'volume' ? `${usage.shape.diskGiB} GiB` : '';
};

const costText = ({ cost, currency }: UsageView): string => formatMoney(Number(cost).toFixed(COST_PLACES), currency);

const Name = ({ usage }: { readonly usage: UsageView }) => (
  <RowLink href={`/cost/usage/${encodeURIComponent(usage.id)}`}>{usage.name}</RowLink>
);

const COLUMNS: readonly ListColumn<UsageView>[] = [
  {
    id: 'name',
    header: 'What',
    text: ({ name }) => name,
    cell: (usage) => (
      <>
        <Name usage={usage} />
        <span className="block whitespace-nowrap text-fg-3 text-xs">{shapeOf(usage)}</span>
      </>
    ),
  },
  {
    id: 'tier',
    header: 'Kind',
    className: 'whitespace-nowrap',
    text: ({ tier }) => TIER_TEXT[tier],
    cell: ({ tier }) => <Badge>{TIER_TEXT[tier]}</Badge>,
  },
  {
    id: 'cluster',
    header: 'Cluster',
    className: 'whitespace-nowrap',
    text: ({ cluster }) => cluster.name,
  },
  { id: 'costCentre', header: 'Cost centre', text: (usage) => usage.costCentre },
  {
    id: 'began',
    header: 'Began',
    className: 'whitespace-nowrap',
    text: ({ startedAt }) => startedAt,
    cell: ({ startedAt }) => <Time at={startedAt} />,
  },
  {
    id: 'ended',
    header: 'Ended',
    className: 'whitespace-nowrap',
    text: ({ endedAt }) => endedAt ?? '',
    cell: ({ endedAt }) => (endedAt === null ? 'goes on' : <Time at={endedAt} />),
  },
  {
    id: 'seconds',
    header: 'Length',
    numeric: true,
    className: 'whitespace-nowrap',
    text: ({ seconds }) => seconds,
    cell: ({ seconds }) => formatSeconds(seconds),
  },
  {
    id: 'cost',
    header: 'Cost',
    numeric: true,
    className: 'whitespace-nowrap',
    text: ({ cost }) => cost,
    cell: (usage) => <span className="text-fg">{costText(usage)}</span>,
  },
  {
    id: 'reason',
    header: 'Why',
    text: ({ reason }) => reason,
    cell: ({ reason, actor }) => (
      <>
        <span className="block min-w-48 max-w-96">{reason}</span>
        <span className="block text-fg-3 text-xs">{actor}</span>
      </>
    ),
  },
  {
    id: 'currency',
    header: 'Currency',
    isExtra: true,
    text: ({ currency }) => currency,
  },
  { id: 'actor', header: 'Who', isExtra: true, text: ({ actor }) => actor },
  { id: 'host', header: 'Host', isExtra: true, text: ({ host }) => host },
  { id: 'site', header: 'Site', isExtra: true, text: ({ site }) => site },
];

interface UsageListProps {
  readonly initial: Page<UsageView>;
  readonly initialState: ListState;
  /** Newest first: "2026-11". */
  readonly months: readonly string[];
  readonly costCentres: readonly string[];
}

export const UsageList = ({ initial, initialState, months, costCentres }: UsageListProps) => {
  const list = useListState(USAGE_LIST);
  const clusters = useQuery(clustersQuery()).data?.items ?? [];
  const source = useRemoteSource<UsageView>(list, {
    key: ['usage', 'list'],
    path: '/usage',
    limit: USAGE_LIMIT,
    initial,
    initialState,
  });
  const { statement, line, cluster } = list.state.filters;
  // Links from what a cluster cost name it by its id: names come again.
  const linked = source.rows.find((usage) => usage.cluster.id === cluster)?.cluster;
  return (
    <ListTable
      label="Usage"
      rowsLabel="Intervals"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={[
        { name: 'month', label: 'Month', options: months.map((value) => ({ value, label: formatMonth(value) })) },
        {
          name: 'cluster',
          label: 'Cluster',
          options: [
            ...asOptions(clusters.map(({ name }) => name)),
            ...(linked === undefined ? [] : [{ value: linked.id, label: linked.name }]),
          ],
        },
        { name: 'costCentre', label: 'Cost centre', options: asOptions(costCentres) },
        { name: 'tier', label: 'Kind', options: TIERS.map((value) => ({ value, label: TIER_TEXT[value] })) },
        ...(statement === undefined ? [] : [{ name: 'statement', label: 'Statement', options: [] }]),
        ...(line === undefined ? [] : [{ name: 'line', label: 'Line', options: [] }]),
      ]}
      rowId={({ id }) => id}
      rowName={({ name }) => name}
      searchIn={null}
      phoneRow={(usage) => (
        <PhoneRow key={usage.id} title={<Name usage={usage} />} end={costText(usage)}>
          {TIER_TEXT[usage.tier]} · {usage.cluster.name} · {formatSeconds(usage.seconds)} ·{' '}
          <Time at={usage.startedAt} />
          <span className="block">
            {usage.reason} · {usage.actor}
          </span>
        </PhoneRow>
      )}
      empty={
        <EmptyState icon={<Receipt />} title="Nothing was used">
          Every VM, data volume and virtual address is here from the moment it runs or is taken.
        </EmptyState>
      }
    />
  );
};
