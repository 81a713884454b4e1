'use client';

import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Bell } from 'lucide-react';
import { useState } from 'react';
import { keys } from '@/components/live/keys';
import { noticesQuery } from '@/components/live/queries';
import { Button } from '@/components/ui/button';
import { lazily } from '@/components/ui/lazily';
import { Popover, PopoverContent, PopoverTrigger } from '@/components/ui/popover';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import type { MarkReadInput, NoticesView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';

export type MarkRead = (input: MarkReadInput) => Promise<ActionResult<NoticesView>>;

const NoticesPanel = lazily(async () => (await import('./notices-panel')).NoticesPanel);

interface NoticesButtonProps {
  readonly initial: NoticesView;
  readonly markRead: MarkRead;
}

/** What happened that concerns the viewer; kept current by the tab's one event stream. */
export const NoticesButton = ({ initial, markRead }: NoticesButtonProps) => {
  const client = useQueryClient();
  const [isOpen, setIsOpen] = useState(false);
  const { data, error, refetch } = useQuery({ ...noticesQuery(), initialData: initial });
  const { unread } = data;
  const mark = async (input: MarkReadInput): Promise<void> => {
    const result = await markRead(input);
    if (result.ok) client.setQueryData(keys.notices, result.value);
    else toast.error(result.error.message);
  };
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
          <NoticesPanel
            notices={data}
            error={error}
            onRetry={() => void refetch()}
            mark={mark}
            onLeave={() => setIsOpen(false)}
          />
        </PopoverContent>
      </Popover>
    </>
  );
};
