'use client';

import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { Stat } from '@/components/ui/description-list';
import { Panel } from '@/components/ui/panel';
import type { ClusterCostView } from '@/lib/domain/contract';
import type { CostActionOf } from './cost-actions';
import { formatChange, formatMoney, formatPrice } from './money-text';
import { TextFormSheet } from './text-form-sheet';

interface ClusterCostPanelProps {
  readonly cluster: { readonly id: string; readonly name: string };
  readonly cost: ClusterCostView;
  /** Null for roles that may not. */
  readonly charge: CostActionOf | null;
}

/** What a cluster costs now, in this month so far, and to its end if it goes on so. */
export const ClusterCostPanel = ({ cluster, cost, charge }: ClusterCostPanelProps) => (
  <Panel
    title="Cost"
    description={`Charged to cost centre ${cost.costCentre}, without tax`}
    actions={
      <>
        {charge !== null && (
          <TextFormSheet
            title={`Charge ${cluster.name} to another cost centre`}
            description="From now on. What was used until now stays where it was charged."
            submitLabel="Charge"
            done="The cost centre is changed"
            trigger={<Button size="sm">Change cost centre</Button>}
            fields={[
              { name: 'costCentre', label: 'Cost centre' },
              { name: 'reason', label: 'Reason' },
            ]}
            submit={(values) => charge(cluster.id, values)}
          />
        )}
        <Button asChild size="sm">
          <Link prefetch={false} href={`/cost/usage?cluster=${cluster.id}`}>
            Usage
          </Link>
        </Button>
      </>
    }
  >
    <div className="grid grid-cols-2 gap-4 lg:grid-cols-4">
      <Stat label="Now, per hour" value={formatPrice(cost.perHourNow, cost.currency)} />
      <Stat label="This month" value={formatMoney(cost.thisMonth, cost.currency)} />
      <Stat
        label="Expected to the month’s end"
        value={formatMoney(cost.forecast, cost.currency)}
        note={`${formatChange(cost.forecast, cost.previousMonth)} against last month`}
      />
      <Stat label="Last month" value={formatMoney(cost.previousMonth, cost.currency)} />
    </div>
  </Panel>
);
