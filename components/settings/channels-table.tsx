'use client';

import { Bell } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { toast } from '@/components/ui/toast';
import type { ChannelView } from '@/lib/domain/contract';
import { ChangeChannel } from './change-channel';
import type { NotificationActions } from './notification-actions';
import { TOPIC_LABELS } from './topic-labels';

type RowActions = Pick<NotificationActions, 'remove' | 'test' | 'update'>;

const RowButtons = ({ channel, actions }: { readonly channel: ChannelView; readonly actions: RowActions }) => {
  const router = useRouter();
  const [isTesting, setIsTesting] = useState(false);
  const [isAsked, setIsAsked] = useState(false);
  const test = async (): Promise<void> => {
    setIsTesting(true);
    const answer = await actions.test(channel.id).finally(() => setIsTesting(false));
    if (answer.ok) toast.success('A test is on its way: the log below shows what becomes of it');
    else toast.error(answer.error.message);
    router.refresh();
  };
  const remove = async (): Promise<boolean> => {
    const answer = await actions.remove(channel.id);
    if (!answer.ok) toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <span className="flex justify-end gap-1">
      <Button size="sm" pending={isTesting} aria-label={`Test ${channel.name}`} onClick={() => void test()}>
        Test
      </Button>
      <ChangeChannel channel={channel} update={actions.update} />
      <Button size="sm" variant="dangerGhost" aria-label={`Remove ${channel.name}`} onClick={() => setIsAsked(true)}>
        Remove
      </Button>
      <ConfirmDialog
        open={isAsked}
        onOpenChange={setIsAsked}
        danger
        title={`Remove ${channel.name}?`}
        description="It is told of nothing any more, also of what waits to be delivered."
        confirmLabel="Remove channel"
        onConfirm={remove}
      />
    </span>
  );
};

const columnsFor = (actions: RowActions): readonly DataColumn<ChannelView>[] => [
  {
    id: 'name',
    header: 'Channel',
    sortBy: (channel) => channel.name,
    cell: ({ name }) => <span className="font-medium">{name}</span>,
  },
  {
    id: 'target',
    header: 'Told',
    cell: ({ kind, target }) => (
      <span className="block max-w-72 truncate">{kind === 'role' ? `everybody with the role ${target}` : target}</span>
    ),
  },
  {
    id: 'topics',
    header: 'Of',
    cell: ({ topics }) => <span className="text-xs">{topics.map((topic) => TOPIC_LABELS[topic]).join(', ')}</span>,
  },
  {
    id: 'actions',
    header: 'Actions',
    hideHeader: true,
    numeric: true,
    cell: (channel) => <RowButtons channel={channel} actions={actions} />,
  },
];

interface ChannelsTableProps {
  readonly channels: readonly ChannelView[];
  readonly actions: RowActions;
}

export const ChannelsTable = ({ channels, actions }: ChannelsTableProps) => {
  const columns = useMemo(() => columnsFor(actions), [actions]);
  return (
    <DataTable
      label="Channels"
      rows={channels}
      columns={columns}
      rowId={(channel) => channel.id}
      sortedBy={{ id: 'name' }}
      empty={
        <EmptyState icon={<Bell />} title="Nobody is told yet">
          Add a person, a role or a webhook; mail needs HEADROOM_SMTP_URL and HEADROOM_SMTP_FROM.
        </EmptyState>
      }
    />
  );
};
