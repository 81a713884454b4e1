'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell, Check } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { keys } from '@/components/live/keys';
import { noticesQuery } from '@/components/live/queries';
import { Status } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import type { MarkReadInput, NoticesView, NoticeView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';

export type MarkRead = (input: MarkReadInput) => Promise<ActionResult<NoticesView>>;

const TONE_WORD = { ok: 'fine', warn: 'to know', bad: 'look at it' } as const;

interface NoticeProps {
  readonly notice: NoticeView;
  readonly onOpen: () => void;
  readonly onRead: () => void;
}

const Notice = ({ notice, onOpen, onRead }: NoticeProps) => (
  <li
    className={cn(
      'relative flex gap-2 border-b px-4 py-2.5 last:border-0 hover:bg-subtle',
      !notice.read && 'bg-accent-soft/40',
    )}
  >
    <span className="pt-0.5 text-xs">
      <Status tone={notice.tone}>
        <span className="sr-only">{TONE_WORD[notice.tone]}</span>
      </Status>
    </span>
    <div className="min-w-0 grow">
      <Link
        prefetch={false}
        href={notice.href}
        onClick={onOpen}
        className={cn('block rounded-sm text-fg text-sm after:absolute after:inset-0', !notice.read && 'font-medium')}
      >
        {notice.title}
        {!notice.read && <span className="sr-only">, unread</span>}
      </Link>
      {notice.detail !== '' && <p className="line-clamp-2 text-fg-2 text-xs">{notice.detail}</p>}
      <p className="text-fg-3 text-xs">
        <Time at={notice.at} />
      </p>
    </div>
    {!notice.read && (
      <Button
        variant="ghost"
        size="iconSm"
        className="relative z-1"
        aria-label={`Mark as read: ${notice.title}`}
        onClick={onRead}
      >
        <Check aria-hidden />
      </Button>
    )}
  </li>
);

interface NoticesButtonProps {
  readonly initial: NoticesView;
  readonly markRead: MarkRead;
}

/** What happened that concerns the viewer; kept current by the tab's one event stream. */
export const NoticesButton = ({ initial, markRead }: NoticesButtonProps) => {
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...noticesQuery(), initialData: initial });
  const { items, unread } = data;
  const mark = async (input: MarkReadInput): Promise<void> => {
    const result = await markRead(input);
    if (result.ok) client.setQueryData(keys.notices, result.value);
    else toast.error(result.error.message);
  };
  const newest = items[0];
  return (
    <>
      <span role="status" className="sr-only">
        {unread > 0 && counted(unread, 'unread notification')}
      </span>
      <Popover open={isOpen} onOpenChange={setIsOpen}>
        <PopoverTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="Notifications" data-shortcut="notifications">
            <Bell aria-hidden />
            {unread > 0 && (
              <span
                aria-hidden
                className="absolute top-0.5 right-0 flex h-3.5 min-w-3.5 items-center justify-center rounded-full bg-bad-solid px-1 font-semibold text-[0.625rem] text-white leading-none"
              >
                {unread > 9 ? '9+' : unread}
              </span>
            )}
          </Button>
        </PopoverTrigger>
        <PopoverContent
          align="end"
          aria-label="Notifications"
          className="w-96 max-w-[calc(100vw-1rem)] overflow-hidden p-0"
        >
          <div className="flex min-h-11 items-center justify-between gap-2 border-b px-4 py-1.5">
            <h2 className="font-semibold text-sm">Notifications</h2>
            <Button
              size="sm"
              variant="ghost"
              disabled={unread === 0 || newest === undefined}
              onClick={() => newest !== undefined && void mark({ through: newest.at })}
            >
              Mark all read
            </Button>
          </div>
          <div className="max-h-[60vh] overflow-y-auto">
            {error !== null ? (
              <ErrorState message={error.message} onRetry={() => void refetch()} />
            ) : items.length === 0 ? (
              <EmptyState icon={<Bell />} title="Nothing to tell">
                Operations of yours, alarms, and changes that wait for approval appear here.
              </EmptyState>
            ) : (
              <ul>
                {items.map((notice) => (
                  <Notice
                    key={notice.id}
                    notice={notice}
                    onRead={() => void mark({ id: notice.id })}
                    onOpen={() => {
                      setIsOpen(false);
                      if (!notice.read) void mark({ id: notice.id });
                    }}
                  />
                ))}
              </ul>
            )}
          </div>
          <div className="flex justify-between border-t px-4 py-2 text-xs">
            <Link
              prefetch={false}
              href="/events"
              onClick={() => setIsOpen(false)}
              className="rounded-sm text-accent-text hover:underline"
            >
              All events
            </Link>
            <Link
              prefetch={false}
              href="/account"
              onClick={() => setIsOpen(false)}
              className="rounded-sm text-accent-text hover:underline"
            >
              What I am told
            </Link>
          </div>
        </PopoverContent>
      </Popover>
    </>
  );
};
