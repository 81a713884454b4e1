'use client';

import { Plus } from 'lucide-react';
import { useId, useState } from 'react';
import { Button } from '@/components/ui/button';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { Segmented } from '@/components/ui/segmented';
import type { CostAction } from './cost-actions';
import { TextFormSheet } from './text-form-sheet';
import { wordsOf } from './words-of';

type Scope = 'cluster' | 'costCentre';

export const SetBudget = ({ set }: { readonly set: CostAction }) => {
  const id = useId();
  const [scope, setScope] = useState<Scope>('cluster');
  const [capsPolicies, setCapsPolicies] = useState(false);
  return (
    <TextFormSheet
      title="Set a budget"
      description="What a cluster or cost centre may cost in a month. It takes the place of the one it has."
      submitLabel="Set budget"
      done="The budget is set"
      trigger={
        <Button variant="primary">
          <Plus aria-hidden /> Set budget
        </Button>
      }
      fields={[
        { name: 'target', label: scope === 'cluster' ? 'Cluster' : 'Cost centre' },
        { name: 'amount', label: 'Per month', hint: 'Without tax, in the currency of the rates.' },
        { name: 'thresholds', label: 'Say so at, %', initial: '50, 80, 100' },
      ]}
      submit={({ thresholds = '', ...rest }) =>
        set({
          ...rest,
          scope,
          capsPolicies,
          thresholds: wordsOf(thresholds).map(Number),
        })
      }
    >
      <Segmented
        label="Of what"
        value={scope}
        onValueChange={setScope}
        options={[
          { value: 'cluster', label: 'A cluster' },
          { value: 'costCentre', label: 'A cost centre' },
        ]}
      />
      <div className="flex items-start gap-2">
        <Checkbox id={id} checked={capsPolicies} onCheckedChange={setCapsPolicies} className="mt-0.5" />
        <Label htmlFor={id}>Automatic policies ask for approval before they would have the month end above it</Label>
      </div>
    </TextFormSheet>
  );
};
