'use client';

import { Keyboard, Terminal as TerminalIcon } from 'lucide-react';
import { useCallback, useEffect, useRef, useState, useTransition } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { EmptyState } from '@/components/ui/empty-state';
import { lazily } from '@/components/ui/lazily';
import { Panel } from '@/components/ui/panel';
import type { ConsoleView, VmView } from '@/lib/domain/contract';
import type { VmActions } from './vm-actions';

/** Some 100 kB that only who opens a console needs. */
const Terminal = lazily(async () => (await import('./terminal')).Terminal);

interface ConsolePanelProps {
  readonly vm: VmView;
  readonly open: NonNullable<VmActions['openConsole']>;
  readonly close: VmActions['closeConsole'];
  readonly canType: boolean;
}

interface Shown {
  readonly opened: ConsoleView | null;
  /** Why there is none, or what went wrong. */
  readonly remark: string | null;
}

export const ConsolePanel = ({ vm, open, close, canType }: ConsolePanelProps) => {
  const [{ opened, remark }, setShown] = useState<Shown>({ opened: null, remark: null });
  const [isPending, startTransition] = useTransition();
  const openedId = useRef<string | null>(null);
  openedId.current = opened?.id ?? null;

  // Who leaves the page has closed it; where that does not arrive, it closes when nobody has followed it for 15 s.
  useEffect(
    () => () => {
      if (openedId.current !== null) void close(openedId.current);
    },
    [close],
  );

  const begin = (type: boolean): void =>
    startTransition(async () => {
      const before = opened;
      const answer = await open({ vm: vm.id, type });
      setShown(({ opened }) =>
        answer.ok ? { opened: answer.value, remark: null } : { opened, remark: answer.error.message },
      );
      if (answer.ok && before !== null) await close(before.id);
    });
  const end = (): void => {
    setShown({ opened: null, remark: null });
    startTransition(async () => {
      if (opened !== null) await close(opened.id);
    });
  };
  // The end of one that was exchanged for another may be told while it is still drawn: the other goes on.
  const onClosed = useCallback((id: string, reason: string) => {
    setShown((shown) => (shown.opened?.id === id ? { opened: null, remark: reason } : shown));
  }, []);
  const onError = useCallback((remark: string) => setShown((shown) => ({ ...shown, remark })), []);

  const isRunning = vm.state === 'running';
  return (
    <Panel
      title={
        <span className="flex items-center gap-2">
          Serial console
          {opened !== null && <Badge>{opened.canType ? 'typing' : 'read only'}</Badge>}
        </span>
      }
      description="Who opens it, and how much is typed, is in the audit trail; what is typed is not."
      actions={
        <>
          {canType && opened?.canType !== true && (
            <Button size="sm" disabled={!isRunning} pending={isPending} onClick={() => begin(true)}>
              <Keyboard aria-hidden /> Open to type
            </Button>
          )}
          {opened === null ? (
            <Button size="sm" disabled={!isRunning} pending={isPending} onClick={() => begin(false)}>
              <TerminalIcon aria-hidden /> Open
            </Button>
          ) : (
            <Button size="sm" pending={isPending} onClick={end}>
              Close
            </Button>
          )}
        </>
      }
    >
      {remark !== null && (
        <Callout tone="warn" role="alert" className="mb-3">
          {remark}
        </Callout>
      )}
      {opened === null ? (
        <EmptyState icon={<TerminalIcon />} title={isRunning ? 'Not open' : `${vm.name} does not run`}>
          {isRunning ? 'It shows what the guest printed lately, then follows it.' : 'A console needs a running guest.'}
        </EmptyState>
      ) : (
        <div className="h-96 overflow-hidden rounded-md border bg-[#101014] p-2">
          <Terminal
            key={opened.id}
            consoleId={opened.id}
            canType={opened.canType}
            onClosed={onClosed}
            onError={onError}
          />
        </div>
      )}
    </Panel>
  );
};
