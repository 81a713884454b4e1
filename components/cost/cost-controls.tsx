'use client';

import { ChevronLeft, ChevronRight } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { Button } from '@/components/ui/button';
import { Select } from '@/components/ui/select';
import type { CostGroup } from '@/lib/domain/contract';
import { formatMonth } from './money-text';

const GROUPS: readonly { readonly value: CostGroup; readonly label: string }[] = [
  { value: 'cluster', label: 'By cluster' },
  { value: 'costCentre', label: 'By cost centre' },
  { value: 'site', label: 'By site' },
  { value: 'reason', label: 'By reason' },
  { value: 'tier', label: 'By kind' },
];

interface CostControlsProps {
  readonly month: string;
  readonly previous: string;
  /** Null in the present month. */
  readonly next: string | null;
  readonly groupBy: CostGroup;
  /** Month beside it. */
  readonly compareTo: string;
  /** Those that may be beside it. */
  readonly months: readonly string[];
}

/** Which month is shown, and by what its cost is grouped. */
export const CostControls = ({ month, previous, next, groupBy, compareTo, months }: CostControlsProps) => {
  const router = useRouter();
  const to = (of: string, by: CostGroup): string => `/cost?month=${of}&groupBy=${by}`;
  return (
    <div className="flex flex-wrap items-center gap-3">
      <div className="flex items-center gap-1">
        <Button asChild variant="ghost" size="iconSm">
          <Link href={to(previous, groupBy)} aria-label={formatMonth(previous)}>
            <ChevronLeft aria-hidden />
          </Link>
        </Button>
        <span className="min-w-32 text-center font-medium text-sm">{formatMonth(month)}</span>
        {next === null ? (
          <span className="size-7" />
        ) : (
          <Button asChild variant="ghost" size="iconSm">
            <Link href={to(next, groupBy)} aria-label={formatMonth(next)}>
              <ChevronRight aria-hidden />
            </Link>
          </Button>
        )}
      </div>
      <Select
        aria-label="Compare with"
        size="sm"
        className="w-44"
        value={compareTo}
        onValueChange={(other) => router.push(`${to(month, groupBy)}&compareTo=${other}`)}
        options={[...new Set([compareTo, ...months])]
          .filter((one) => one !== month)
          .sort()
          .reverse()
          .map((one) => ({ value: one, label: `Against ${formatMonth(one)}` }))}
      />
      <Select
        aria-label="Group by"
        size="sm"
        className="w-40"
        value={groupBy}
        onValueChange={(by) =>
          router.push(compareTo === previous ? to(month, by) : `${to(month, by)}&compareTo=${compareTo}`)
        }
        options={GROUPS}
      />
    </div>
  );
};
