import { formatMoney } from '@/components/cost/money-text';
import { formatDuration } from '@/components/ui/time-text';
import type { PlanView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';

const vms = (n: number, word: string): string => `${counted(n, 'VM')} ${word}`;

const factsOf = ({ creates, removes, expectedOutageMs, cost }: PlanView): readonly string[] => [
  [
    ...(creates.length > 0 ? [vms(creates.length, 'made')] : []),
    ...(removes.length > 0 ? [vms(removes.length, 'given back')] : []),
  ].join(', ') || 'No VM is made or given back',
  expectedOutageMs === 0 ? 'no outage expected' : `outage about ${formatDuration(expectedOutageMs)}`,
  ...(cost === undefined
    ? []
    : [
        cost.perMonthBefore === cost.perMonthAfter
          ? `cost stays ${formatMoney(cost.perMonthAfter, cost.currency)} a month`
          : `${cost.perMonthBefore} → ${formatMoney(cost.perMonthAfter, cost.currency)} a month`,
      ]),
];

/** The plan in one line, beside the buttons that decide. */
export const PlanStrip = ({ plan }: { readonly plan: PlanView | null }) => (
  <p aria-live="polite" className="mr-auto min-w-0 self-center text-fg-2 text-xs">
    {plan === null ? '' : factsOf(plan).join(' · ')}
  </p>
);
