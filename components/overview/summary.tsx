'use client';

import { useQuery } from '@tanstack/react-query';
import { formatMoney, formatPrice } from '@/components/cost/money-text';
import { overviewQuery, todayQuery } from '@/components/live/queries';
import { formatMemoryUse } from '@/components/states/shape-text';
import { Stat } from '@/components/ui/description-list';
import type { OverviewView, TodayView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';

interface SummaryProps {
  readonly overview: OverviewView;
  readonly today: TodayView;
}

const count = new Intl.NumberFormat('en');
const compact = new Intl.NumberFormat('en', { notation: 'compact', maximumFractionDigits: 1 });

const percent = (part: number, whole: number): string => (whole === 0 ? '–' : `${Math.round((part / whole) * 100)} %`);

const errorsText = ({ requests, errors }: TodayView): string => {
  if (requests === null || errors === null) return 'nothing measured yet today';
  return errors === 0 ? 'no errors since 0:00 UTC' : `${count.format(errors)} errors since 0:00 UTC`;
};

/** The installation in figures: what there is, what is taken, what today brought and cost. */
export const Summary = (initial: SummaryProps) => {
  const { totals } = useQuery({ ...overviewQuery(), initialData: initial.overview }).data;
  const today = useQuery({ ...todayQuery(), initialData: initial.today }).data;
  const { capacity, used, spares, degraded } = totals;
  const stats = [
    {
      label: 'Clusters',
      value: count.format(totals.clusters),
      note: degraded === 0 ? 'none degraded' : `${degraded} degraded`,
    },
    {
      label: 'VMs',
      value: count.format(totals.vms),
      note: `${counted(spares, 'spare')}, ${totals.hostsUp} of ${totals.hosts} hosts up`,
    },
    { label: 'vCPU taken', value: percent(used.vcpus, capacity.vcpus), note: `${used.vcpus} of ${capacity.vcpus}` },
    {
      label: 'Memory taken',
      value: percent(used.memoryMiB, capacity.memoryMiB),
      note: formatMemoryUse(used.memoryMiB, capacity.memoryMiB),
    },
    {
      label: 'Requests today',
      value: today.requests === null ? '–' : compact.format(today.requests),
      note: errorsText(today),
    },
    ...(today.cost === null
      ? []
      : [
          {
            label: 'Cost today',
            value: formatMoney(today.cost.today, today.cost.currency),
            note: `${formatPrice(today.cost.perHourNow, today.cost.currency)} an hour now`,
          },
        ]),
  ];
  return (
    <div className="grid grid-cols-2 gap-px overflow-hidden rounded-lg border bg-line sm:grid-cols-3 xl:grid-cols-6">
      {stats.map((stat) => (
        <Stat key={stat.label} {...stat} className="bg-surface px-4 py-3" />
      ))}
    </div>
  );
};
