'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleHelp, Eye } from 'lucide-react';
import Link from 'next/link';
import { useState, useTransition } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import type { AlarmView } from '@/lib/domain/contract';
import type { AlarmActions } from './alarm-actions';
import { alarmTitle } from './alarm-text';
import { ConfirmOffDialog } from './confirm-off-dialog';

interface AlarmRowProps {
  readonly alarm: AlarmView;
  readonly actions: AlarmActions;
}

const LOOK = {
  decide: { icon: CircleHelp, className: 'text-bad' },
  act: { icon: CircleAlert, className: 'text-bad' },
  watch: { icon: Eye, className: 'text-warn' },
} as const;

const hrefOf = ({ subject, name, clusterId }: AlarmView): string | null => {
  if (subject.startsWith('host/')) return `/hosts/${name}`;
  return clusterId === null ? null : `/clusters/${clusterId}`;
};

const Recover = ({ alarm, recover }: { readonly alarm: AlarmView; readonly recover: AlarmActions['recover'] }) => {
  const client = useQueryClient();
  const [isPending, startTransition] = useTransition();
  if (recover === null || alarm.clusterId === null) return null;
  const clusterId = alarm.clusterId;
  const start = (): void => {
    startTransition(async () => {
      const answer = await recover(clusterId);
      if (answer.ok) toast.success(`${alarm.name} is being recovered`);
      else toast.error(answer.error.message);
      for (const noun of ['alarms', 'clusters', 'operations']) void client.invalidateQueries({ queryKey: [noun] });
    });
  };
  return (
    <Button size="sm" pending={isPending} onClick={start}>
      Recover now
    </Button>
  );
};

const ConfirmOff = ({
  alarm: { subject, name },
  confirmOff,
}: {
  readonly alarm: AlarmView;
  readonly confirmOff: AlarmActions['confirmOff'];
}) => {
  const [isAsking, setIsAsking] = useState(false);
  if (confirmOff === null) return null;
  const target = subject.startsWith('host/')
    ? ({ noun: 'host', subject: name } as const)
    : ({ noun: 'vm', subject: subject.slice('vm/'.length) } as const);
  return (
    <>
      <Button size="sm" onClick={() => setIsAsking(true)}>
        {name} is off…
      </Button>
      <ConfirmOffDialog {...target} name={name} open={isAsking} onOpenChange={setIsAsking} confirmOff={confirmOff} />
    </>
  );
};

/** One alarm with what may be decided about it. */
export const AlarmRow = ({ alarm, actions }: AlarmRowProps) => {
  const { icon: Icon, className } = LOOK[alarm.gravity];
  const href = hrefOf(alarm);
  return (
    <li className="flex flex-col gap-2 border-b px-4 py-3 last:border-0 sm:flex-row sm:items-start sm:justify-between sm:gap-4">
      <div className="flex min-w-0 gap-2.5">
        <Icon aria-hidden className={cn('mt-0.5 size-4 shrink-0', className)} />
        <div className="min-w-0">
          <p className="font-medium text-sm">
            {alarmTitle(alarm.kind)}:{' '}
            {href === null ? (
              alarm.name
            ) : (
              <Link prefetch={false} href={href} className="rounded-sm hover:underline">
                {alarm.name}
              </Link>
            )}
          </p>
          <p className="mt-0.5 text-fg-2 text-sm">{alarm.message}</p>
          <p className="mt-0.5 text-fg-3 text-xs">
            since <Time at={alarm.raisedAt} />
          </p>
        </div>
      </div>
      <div className="flex shrink-0 gap-2">
        {alarm.kind === 'fence-in-doubt' && <ConfirmOff alarm={alarm} confirmOff={actions.confirmOff} />}
        {(alarm.kind === 'recovery-limit' || alarm.kind === 'recovery-blocked') && (
          <Recover alarm={alarm} recover={actions.recover} />
        )}
      </div>
    </li>
  );
};
