'use client';

import { type ReactNode, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';

export interface BulkAct<Row> {
  /** "Switch off": the button, and the question when there is one. */
  readonly label: string;
  readonly icon?: ReactNode;
  readonly danger?: boolean;
  /** Said before it is done; null: it is done at once, being easily undone. */
  readonly question: string | null;
  /** Rows that it cannot be done to are left alone, and said so. */
  readonly can: (row: Row) => boolean;
  readonly name: (row: Row) => string;
  readonly run: (row: Row) => Promise<ActionResult<unknown>>;
}

interface BulkBarProps<Row> {
  readonly rows: readonly Row[];
  readonly acts: readonly BulkAct<Row>[];
  readonly onDone: () => void;
}

/** One after the other: each is an act of its own, authorised, checked and written down as such. */
const runAll = async <Row,>(act: BulkAct<Row>, rows: readonly Row[]): Promise<void> => {
  const refused: string[] = [];
  let done = 0;
  for (const row of rows) {
    const result = await act.run(row);
    if (result.ok) done += 1;
    else refused.push(`${act.name(row)}: ${result.error.message}`);
  }
  if (done > 0) toast.success(`${act.label}: ${done} done`);
  if (refused.length > 0) toast.error(refused.slice(0, 3).join('\n'));
};

export const BulkBar = <Row,>({ rows, acts, onDone }: BulkBarProps<Row>) => {
  const [running, setRunning] = useState<string | null>(null);
  const [asked, setAsked] = useState<BulkAct<Row> | null>(null);
  const start = async (act: BulkAct<Row>): Promise<void> => {
    setRunning(act.label);
    await runAll(act, rows.filter(act.can));
    setRunning(null);
    onDone();
  };
  return (
    <section
      aria-label="Selected rows"
      className="flex flex-wrap items-center gap-2 rounded-lg border border-accent/40 bg-accent-soft px-3 py-1.5"
    >
      <span role="status" className="grow text-fg text-sm">
        {rows.length} selected
      </span>
      {acts.map((act) => {
        const able = rows.filter(act.can).length;
        return (
          <Button
            key={act.label}
            size="sm"
            variant={act.danger === true ? 'danger' : 'secondary'}
            disabled={able === 0}
            pending={running === act.label}
            onClick={() => (act.question === null ? void start(act) : setAsked(act))}
          >
            {act.icon}
            {act.label}
            {able !== rows.length && ` (${able})`}
          </Button>
        );
      })}
      <Button size="sm" variant="ghost" onClick={onDone}>
        Clear
      </Button>
      {asked !== null && (
        <ConfirmDialog
          open
          onOpenChange={(open) => !open && setAsked(null)}
          title={`${asked.label}: ${rows.filter(asked.can).map(asked.name).join(', ')}`}
          description={asked.question ?? ''}
          confirmLabel={asked.label}
          danger={asked.danger ?? false}
          onConfirm={async () => {
            await start(asked);
            return true;
          }}
        />
      )}
    </section>
  );
};
