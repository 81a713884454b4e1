'use client';

import { Hourglass } from 'lucide-react';
import { TextFormSheet } from '@/components/cost/text-form-sheet';
import { Button } from '@/components/ui/button';
import type { ActionResult } from '@/lib/domain/action-result';
import type { RetentionView } from '@/lib/domain/contract';

interface RetentionSheetProps {
  readonly retention: RetentionView;
  readonly keep: (input: unknown) => Promise<ActionResult<unknown>>;
}

/** Asks how long entries are kept. What is removed is gone: an export keeps it elsewhere. */
export const RetentionSheet = ({ retention, keep }: RetentionSheetProps) => (
  <TextFormSheet
    title="How long entries are kept"
    description="Older ones are removed within an hour, for good: export them first. The rest can be verified as before."
    submitLabel="Save"
    done="Written down"
    trigger={
      <Button>
        <Hourglass aria-hidden /> Retention
      </Button>
    }
    fields={[
      {
        name: 'months',
        label: 'Months',
        optional: true,
        initial: retention.months === null ? '' : String(retention.months),
        hint: 'At least 3. Empty: for good.',
      },
      { name: 'reason', label: 'Reason' },
    ]}
    submit={({ months = '', reason = '' }) => keep({ months: months === '' ? null : Number(months), reason })}
  />
);
