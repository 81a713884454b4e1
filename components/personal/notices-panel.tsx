'use client';

import { Bell, Check } from 'lucide-react';
import Link from 'next/link';
import { Status } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Time } from '@/components/ui/time';
import type { MarkReadInput, NoticesView, NoticeView } from '@/lib/domain/contract';

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

interface NoticesPanelProps {
  readonly notices: NoticesView;
  readonly error: Error | null;
  readonly onRetry: () => void;
  readonly mark: (input: MarkReadInput) => Promise<void>;
  /** A link was followed. */
  readonly onLeave: () => void;
}

/** What the bell opens. */
export const NoticesPanel = ({ notices: { items, unread }, error, onRetry, mark, onLeave }: NoticesPanelProps) => {
  const newest = items[0];
  return (
    <>
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
          <ErrorState message={error.message} onRetry={onRetry} />
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
                  onLeave();
                  if (!notice.read) void mark({ id: notice.id });
                }}
              />
            ))}
          </ul>
        )}
      </div>
      <div className="flex justify-between border-t px-4 py-2 text-xs">
        <Link prefetch={false} href="/events" onClick={onLeave} className="rounded-sm text-accent-text hover:underline">
          All events
        </Link>
        <Link
          prefetch={false}
          href="/account"
          onClick={onLeave}
          className="rounded-sm text-accent-text hover:underline"
        >
          What I am told
        </Link>
      </div>
    </>
  );
};
