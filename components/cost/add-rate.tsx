'use client';

import { Plus } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { RateView } from '@/lib/domain/contract';
import type { CostAction } from './cost-actions';
import { TextFormSheet } from './text-form-sheet';

interface AddRateProps {
  readonly create: CostAction;
  /** What the fields begin with; null where there is no rate yet. */
  readonly latest: RateView | null;
}

export const AddRate = ({ create, latest }: AddRateProps) => (
  <TextFormSheet
    title="Add a rate"
    description="A new version of all prices, from a day on. Versions are never changed."
    submitLabel="Add rate"
    done="The rate is added"
    trigger={
      <Button variant="primary">
        <Plus aria-hidden /> Add rate
      </Button>
    }
    fields={[
      { name: 'costCentre', label: 'Cost centre', hint: 'Empty: all that have no rate of their own.', optional: true },
      { name: 'effectiveFrom', label: 'From', type: 'date', hint: 'A day of UTC, in a month that is not closed.' },
      { name: 'currency', label: 'Currency', initial: latest?.currency ?? 'EUR' },
      { name: 'vcpuHour', label: 'Per vCPU and hour', initial: latest?.vcpuHour ?? '' },
      { name: 'memoryGiBHour', label: 'Per GiB of memory and hour', initial: latest?.memoryGiBHour ?? '' },
      { name: 'diskGiBHour', label: 'Per GiB of disk and hour', initial: latest?.diskGiBHour ?? '' },
      { name: 'volumeGiBHour', label: 'Per GiB of data volume and hour', initial: latest?.volumeGiBHour ?? '' },
      { name: 'vipHour', label: 'Per virtual address and hour', initial: latest?.vipHour ?? '' },
      { name: 'spareDiscountPercent', label: 'Discount on spares, %', initial: latest?.spareDiscountPercent ?? '0' },
      {
        name: 'minimumSeconds',
        label: 'Least time of a run, seconds',
        initial: String(latest?.minimumSeconds ?? 60),
        hint: 'A VM that ran for less is charged for this long.',
      },
      { name: 'taxPercent', label: 'Tax, %', initial: latest?.taxPercent ?? '0' },
      { name: 'reason', label: 'Reason' },
    ]}
    submit={({ costCentre, minimumSeconds, ...rest }) =>
      create({
        ...rest,
        costCentre: costCentre === '' ? null : costCentre,
        minimumSeconds: minimumSeconds === '' ? null : Number(minimumSeconds),
      })
    }
  />
);
