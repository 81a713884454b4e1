'use client';

import { PlanPreview } from '@/components/clusters/plan-preview';
import { formatMoney, formatPrice } from '@/components/cost/money-text';
import { Stat } from '@/components/ui/description-list';
import { Time } from '@/components/ui/time';
import { formatDuration } from '@/components/ui/time-text';
import type { RecommendationView } from '@/lib/domain/contract';
import { EvidenceChart } from './evidence-chart';

const costText = (before: string, after: string, currency: string): string =>
  before === after ? formatMoney(after, currency) : `${before} → ${formatMoney(after, currency)}`;

const perHourText = (before: string, after: string, currency: string): string =>
  before === after ? formatPrice(after, currency) : `${formatPrice(before, '')} → ${formatPrice(after, currency)}`;

/** What it costs, what clients will see, and how long there is to decide. */
export const KeyFigures = ({ recommendation }: { readonly recommendation: RecommendationView }) => {
  const { plan, state, expiresAt } = recommendation;
  const { cost, expectedOutageMs } = plan;
  return (
    <div className="grid grid-cols-2 gap-x-6 gap-y-3 sm:grid-cols-4">
      {cost !== undefined && (
        <Stat
          className="col-span-2"
          label="Cost per month"
          value={<span className="text-lg">{costText(cost.perMonthBefore, cost.perMonthAfter, cost.currency)}</span>}
          note={`per hour ${perHourText(cost.perHourBefore, cost.perHourAfter, cost.currency)}`}
        />
      )}
      <Stat
        label="Expected outage"
        value={
          <span className="text-lg">
            {expectedOutageMs === 0 ? 'none' : `about ${formatDuration(expectedOutageMs)}`}
          </span>
        }
        note={expectedOutageMs === 0 ? 'nothing hands over' : 'as past operations went'}
      />
      {state === 'open' && (
        <Stat
          label="Expires"
          value={
            <span className="text-lg">
              <Time at={expiresAt} />
            </span>
          }
          note="then nothing is changed"
        />
      )}
    </div>
  );
};

/** All that one needs to decide: why, what was measured, what it costs, what would be done, who agreed. */
export const RecommendationFacts = ({ recommendation }: { readonly recommendation: RecommendationView }) => {
  const { reason, rule, evidence, plan, approvals, remade } = recommendation;
  return (
    <div className="flex min-w-0 flex-col gap-4">
      <div>
        <p className="text-sm">{reason === '' ? 'No reason was given.' : reason}</p>
        {rule !== '' && <p className="text-fg-3 text-xs">Rule: {rule}</p>}
      </div>
      <KeyFigures recommendation={recommendation} />
      {approvals.map(({ by, at, comment }) => (
        <p key={by} className="text-fg-2 text-sm">
          {by} agreed <Time at={at} />
          {comment === '' ? '' : `: ${comment}`}
        </p>
      ))}
      {evidence !== null && <EvidenceChart evidence={evidence} />}
      {remade > 0 && (
        <p className="text-fg-3 text-xs">Things have changed since: the plan was made anew, {remade} ×.</p>
      )}
      <PlanPreview preview={{ plan }} isCurrent />
    </div>
  );
};
