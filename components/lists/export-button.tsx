'use client';

import { Download } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { toCsv } from './csv';
import type { ListColumn } from './list-rows';

interface ExportButtonProps<Row> {
  /** The file is named after it. */
  readonly name: string;
  readonly columns: readonly ListColumn<Row>[];
  /** All rows that match, also those not loaded yet. */
  readonly read: () => Promise<readonly Row[]>;
}

const save = (name: string, text: string): void => {
  const url = URL.createObjectURL(new Blob([text], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** Every row that matches, in the columns that are shown. */
export const ExportButton = <Row,>({ name, columns, read }: ExportButtonProps<Row>) => {
  const [isReading, setIsReading] = useState(false);
  const run = async (): Promise<void> => {
    setIsReading(true);
    try {
      const written = columns.filter(({ text }) => text !== undefined);
      const rows = await read();
      save(
        `${name}.csv`,
        toCsv(
          written.map(({ header }) => header),
          rows.map((row) => written.map(({ text }) => text?.(row) ?? '')),
        ),
      );
    } catch (error) {
      toast.error(error instanceof Error ? error.message : 'The list could not be read.');
    } finally {
      setIsReading(false);
    }
  };
  return (
    <Button variant="ghost" size="sm" pending={isReading} onClick={() => void run()}>
      <Download aria-hidden /> CSV
    </Button>
  );
};
