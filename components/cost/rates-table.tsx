'use client';

import { CircleDollarSign } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo } from 'react';
import { asOptions } from '@/components/lists/as-options';
import type { ListColumn, ListFilter } from '@/components/lists/list-rows';
import type { ListSpec } from '@/components/lists/list-state';
import { ListTable } from '@/components/lists/list-table';
import { PhoneRow } from '@/components/lists/phone-row';
import { useListState } from '@/components/lists/use-list-state';
import { useLocalSource } from '@/components/lists/use-source';
import { Badge } from '@/components/ui/badge';
import { EmptyState } from '@/components/ui/empty-state';
import type { RateView } from '@/lib/domain/contract';

const ALL_OTHERS = 'all others';

const whomFor = ({ costCentre }: RateView): string => costCentre ?? ALL_OTHERS;

type Price = 'vcpuHour' | 'memoryGiBHour' | 'diskGiBHour' | 'volumeGiBHour' | 'vipHour';

const price = (id: Price, header: string): ListColumn<RateView> => ({
  id,
  header,
  numeric: true,
  text: (rate) => rate[id],
  sortBy: (rate) => Number(rate[id]),
  cell: (rate) => rate[id],
});

const COLUMNS: readonly ListColumn<RateView>[] = [
  {
    id: 'version',
    header: 'Version',
    numeric: true,
    className: 'w-20',
    text: ({ version }) => version,
  },
  {
    id: 'for',
    header: 'For',
    className: 'whitespace-nowrap',
    text: whomFor,
    cell: (rate) => (
      <>
        {whomFor(rate)} {rate.inForce && <Badge tone="ok">in force</Badge>}
      </>
    ),
  },
  {
    id: 'from',
    header: 'From',
    className: 'whitespace-nowrap tabular-nums',
    text: ({ effectiveFrom }) => effectiveFrom,
  },
  price('vcpuHour', 'vCPU'),
  price('memoryGiBHour', 'Memory, GiB'),
  price('diskGiBHour', 'Disk, GiB'),
  price('volumeGiBHour', 'Volume, GiB'),
  price('vipHour', 'Address'),
  {
    id: 'spares',
    header: 'Spares, %',
    numeric: true,
    text: ({ spareDiscountPercent }) => `-${spareDiscountPercent}`,
    cell: ({ spareDiscountPercent }) => `−${spareDiscountPercent}`,
  },
  {
    id: 'minimum',
    header: 'At least, s',
    numeric: true,
    text: ({ minimumSeconds }) => minimumSeconds,
  },
  {
    id: 'tax',
    header: 'Tax, %',
    numeric: true,
    text: ({ taxPercent }) => taxPercent,
  },
  {
    id: 'reason',
    header: 'Why',
    text: ({ reason }) => reason,
    cell: ({ reason, author }) => (
      <>
        <span className="block min-w-40 max-w-96">{reason}</span>
        <span className="block text-fg-3 text-xs">{author}</span>
      </>
    ),
  },
  {
    id: 'currency',
    header: 'Currency',
    isExtra: true,
    text: ({ currency }) => currency,
  },
  { id: 'author', header: 'Who', isExtra: true, text: ({ author }) => author },
];

const RatePhoneRow = ({ rate }: { readonly rate: RateView }) => (
  <PhoneRow
    title={`Version ${rate.version}, for ${whomFor(rate)} from ${rate.effectiveFrom}`}
    end={rate.inForce && <Badge tone="ok">in force</Badge>}
  >
    {rate.vcpuHour} vCPU · {rate.memoryGiBHour} memory · {rate.diskGiBHour} disk · {rate.volumeGiBHour} volume ·{' '}
    {rate.vipHour} address
    <span className="block">
      −{rate.spareDiscountPercent} % for spares · at least {rate.minimumSeconds} s · {rate.taxPercent} % tax
    </span>
    <span className="block">
      {rate.reason} ({rate.author})
    </span>
  </PhoneRow>
);

const RATES_LIST: ListSpec = {
  path: '/cost/rates',
  sort: '-version',
  sorts: ['version', 'for', 'from', 'vcpuHour', 'memoryGiBHour', 'diskGiBHour', 'volumeGiBHour', 'vipHour'],
  filters: { for: null, inForce: ['yes', 'no'] },
};

const IN_FORCE = [
  { value: 'yes', label: 'in force' },
  { value: 'no', label: 'not in force' },
] as const;

export const RatesTable = ({ items }: { readonly items: readonly RateView[] }) => {
  const router = useRouter();
  const filters = useMemo(
    (): readonly ListFilter<RateView>[] => [
      { name: 'for', label: 'Cost centre', options: asOptions(items.map(whomFor).sort()), of: whomFor },
      { name: 'inForce', label: 'State', options: IN_FORCE, of: ({ inForce }) => (inForce ? 'yes' : 'no') },
    ],
    [items],
  );
  const list = useListState(RATES_LIST);
  const source = useLocalSource(list, { rows: items, columns: COLUMNS, filters, error: null, retry: router.refresh });
  return (
    <ListTable
      label="Rates"
      list={list}
      source={source}
      columns={COLUMNS}
      filters={filters}
      rowId={({ version }) => String(version)}
      rowName={({ version }) => `version ${version}`}
      anchor={({ version }) => `rate-${version}`}
      searchIn={null}
      phoneRow={(rate) => <RatePhoneRow key={rate.version} rate={rate} />}
      empty={
        <EmptyState icon={<CircleDollarSign />} title="There are no rates yet">
          The orchestrator makes the first ones when it starts; finance may add others.
        </EmptyState>
      }
    />
  );
};
