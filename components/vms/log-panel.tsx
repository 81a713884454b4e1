'use client';

import { FileText, RefreshCw } from 'lucide-react';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyButton } from '@/components/ui/copy-button';
import { EmptyState } from '@/components/ui/empty-state';
import { Panel } from '@/components/ui/panel';
import { Select } from '@/components/ui/select';
import { Time } from '@/components/ui/time';
import type { VmLogView, VmView } from '@/lib/domain/contract';
import type { VmActions } from './vm-actions';

interface LogPanelProps {
  readonly vm: VmView;
  readonly read: NonNullable<VmActions['readLog']>;
}

const LINES = ['50', '200', '1000'].map((value) => ({ value, label: `${value} lines` }));

/** Asks the guest for the last lines of what runs in it. */
export const LogPanel = ({ vm, read }: LogPanelProps) => {
  const [lines, setLines] = useState('200');
  const [log, setLog] = useState<VmLogView | null>(null);
  const [refusal, setRefusal] = useState<string | null>(null);
  const [isPending, startTransition] = useTransition();
  const go = (): void =>
    startTransition(async () => {
      const answer = await read({ vm: vm.id, lines: Number(lines) });
      setRefusal(answer.ok ? null : answer.error.message);
      if (answer.ok) setLog(answer.value);
    });
  return (
    <Panel
      title="Log"
      description={
        log === null ? (
          'keepalived, HAProxy and the application.'
        ) : (
          <>
            keepalived, HAProxy and the application, read <Time at={log.at} />
          </>
        )
      }
      actions={
        <>
          <Select aria-label="How much" size="sm" value={lines} onValueChange={setLines} options={LINES} />
          {log !== null && <CopyButton text={log.text} label="Copy the log" />}
          <Button size="sm" pending={isPending} onClick={go}>
            <RefreshCw aria-hidden /> {log === null ? 'Read' : 'Read again'}
          </Button>
        </>
      }
    >
      {refusal !== null && (
        <Callout tone="bad" role="alert" className="mb-3">
          {refusal}
        </Callout>
      )}
      {log === null ? (
        <EmptyState icon={<FileText />} title="Not read yet">
          The guest is asked when you say so; it answers within seconds.
        </EmptyState>
      ) : (
        <pre
          role="log"
          aria-label={`Log of ${vm.name}`}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
          tabIndex={0}
          className="max-h-96 overflow-auto whitespace-pre-wrap break-words rounded-md bg-subtle p-3 font-mono text-fg text-xs"
        >
          {log.text === '' ? 'Nothing is logged.' : log.text}
        </pre>
      )}
    </Panel>
  );
};
