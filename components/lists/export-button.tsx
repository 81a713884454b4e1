'use client';

import { CircleStop, Download } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Button } from '@/components/ui/button';
import { toast } from '@/components/ui/toast';
import { toCsv } from './csv';
import type { ListColumn } from './list-rows';

interface ExportButtonProps<Row> {
  /** The file is named after it. */
  readonly name: string;
  readonly columns: readonly ListColumn<Row>[];
  /** All rows that match, also those not loaded yet, page by page. */
  readonly read: (signal: AbortSignal) => AsyncIterable<readonly Row[]>;
}

const save = (name: string, parts: readonly string[]): void => {
  const url = URL.createObjectURL(new Blob([...parts], { type: 'text/csv;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
};

/** Every row that matches, in the columns that are shown: all of them, or no file. A long list says how far it is. */
export const ExportButton = <Row,>({ name, columns, read }: ExportButtonProps<Row>) => {
  const [rowsRead, setRowsRead] = useState<number | null>(null);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => stop.current?.abort(), []);
  const run = async (): Promise<void> => {
    const control = new AbortController();
    stop.current = control;
    setRowsRead(0);
    try {
      const written = columns.filter(({ text }) => text !== undefined);
      const parts = [toCsv([written.map(({ header }) => header)])];
      let count = 0;
      for await (const rows of read(control.signal)) {
        parts.push(toCsv(rows.map((row) => written.map(({ text }) => text?.(row) ?? ''))));
        count += rows.length;
        setRowsRead(count);
      }
      if (!control.signal.aborted) save(`${name}.csv`, parts);
    } catch (error) {
      if (!control.signal.aborted) toast.error(error instanceof Error ? error.message : 'The list could not be read.');
    } finally {
      setRowsRead(null);
    }
  };
  if (rowsRead === null) {
    return (
      <Button variant="ghost" size="sm" onClick={() => void run()}>
        <Download aria-hidden /> CSV
      </Button>
    );
  }
  return (
    <Button variant="ghost" size="sm" className="tabular-nums" onClick={() => stop.current?.abort()}>
      <CircleStop aria-hidden /> Stop at {rowsRead.toLocaleString('en')} rows
    </Button>
  );
};
