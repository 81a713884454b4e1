'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { FocusDataset, FocusFormat, FocusVersion } from '@/lib/domain/contract';
import { formatMonth } from './money-text';

const DATASETS: readonly { readonly value: FocusDataset; readonly label: string }[] = [
  { value: 'cost-and-usage', label: 'Cost and usage' },
  { value: 'invoice-detail', label: 'Invoice detail' },
  { value: 'billing-period', label: 'Billing period' },
];

const VERSIONS: readonly { readonly value: FocusVersion; readonly label: string }[] = [
  { value: '1.4', label: '1.4' },
  { value: '1.2', label: '1.2, for older tools' },
];

/** Saves a month as the FinOps Open Cost and Usage Specification has it. */
export const ExportForm = ({ months }: { readonly months: readonly string[] }) => {
  const [month, setMonth] = useState(months[0] ?? '');
  const [dataset, setDataset] = useState<FocusDataset>('cost-and-usage');
  const [version, setVersion] = useState<FocusVersion>('1.4');
  const hrefOf = (format: FocusFormat): string =>
    `/api/v1/exports/focus?${new URLSearchParams({ month, dataset, version, format })}`;
  return (
    <div className="flex max-w-xl flex-col gap-4">
      <div className="grid gap-4 sm:grid-cols-3">
        <Field label="Month">
          {(control) => (
            <Select
              {...control}
              value={month}
              onValueChange={setMonth}
              options={months.map((value) => ({ value, label: formatMonth(value) }))}
            />
          )}
        </Field>
        <Field label="Data set">
          {(control) => <Select {...control} value={dataset} onValueChange={setDataset} options={DATASETS} />}
        </Field>
        <Field label="Version">
          {(control) => (
            <Select
              {...control}
              value={version}
              onValueChange={setVersion}
              options={VERSIONS}
              disabled={dataset !== 'cost-and-usage'}
            />
          )}
        </Field>
      </div>
      <div className="flex flex-wrap gap-2">
        <Button asChild variant="primary">
          <a href={hrefOf('csv')} download>
            <Download aria-hidden /> Download CSV
          </a>
        </Button>
        <Button asChild>
          <a href={hrefOf('parquet')} download>
            <Download aria-hidden /> Download Parquet
          </a>
        </Button>
      </div>
    </div>
  );
};
