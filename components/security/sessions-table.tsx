'use client';

import { MonitorSmartphone } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import type { ActionResult } from '@/lib/domain/action-result';
import type { SessionView } from '@/lib/domain/contract';
import { describeAgent } from './agent-text';

type End = (id: string) => Promise<ActionResult<SessionView>>;

interface SessionsTableProps {
  readonly sessions: readonly SessionView[];
  /** Says whose each is: of everybody's sessions. */
  readonly showPerson: boolean;
  readonly end: End;
}

const EndButton = ({ session, end }: { readonly session: SessionView; readonly end: End }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const what = `${describeAgent(session.userAgent)}, ${session.address}`;
  const confirm = async (): Promise<boolean> => {
    const answer = await end(session.id);
    if (answer.ok) toast.success('The session has ended');
    else toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <>
      <Button
        size="sm"
        variant="dangerGhost"
        aria-label={`End session of ${session.user.email}: ${what}`}
        onClick={() => setOpen(true)}
      >
        End
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        title="End this session?"
        description={`${session.user.email}, ${what}: it is signed out with its next request.`}
        confirmLabel="End session"
        onConfirm={confirm}
      />
    </>
  );
};

const PERSON: DataColumn<SessionView> = {
  id: 'person',
  header: 'Person',
  sortBy: (session) => session.user.email,
  cell: ({ user }) => (
    <span className="flex flex-col">
      <span className="font-medium">{user.name}</span>
      <span className="text-fg-3 text-xs">{user.email}</span>
    </span>
  ),
};

const columnsFor = (showPerson: boolean, end: End): readonly DataColumn<SessionView>[] => [
  ...(showPerson ? [PERSON] : []),
  {
    id: 'browser',
    header: 'Browser',
    sortBy: (session) => describeAgent(session.userAgent),
    cell: (session) => (
      <span className="flex flex-col">
        <span className="flex items-center gap-2 whitespace-nowrap">
          {describeAgent(session.userAgent)}
          {session.current && <Badge>this one</Badge>}
        </span>
        <span className="font-mono text-fg-3 text-xs">{session.address}</span>
      </span>
    ),
  },
  {
    id: 'method',
    header: 'Signed in by',
    className: 'max-md:hidden',
    sortBy: (session) => session.method,
    cell: (session) => (session.method === 'sso' ? 'single sign-on' : 'password'),
  },
  {
    id: 'seen',
    header: 'Last seen',
    sortBy: (session) => session.lastSeenAt,
    cell: (session) => <Time at={session.lastSeenAt} />,
  },
  {
    id: 'created',
    header: 'Since',
    className: 'max-sm:hidden',
    sortBy: (session) => session.createdAt,
    cell: (session) => <Time at={session.createdAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    hideHeader: true,
    numeric: true,
    cell: (session) => (session.current ? null : <EndButton session={session} end={end} />),
  },
];

export const SessionsTable = ({ sessions, showPerson, end }: SessionsTableProps) => {
  const columns = useMemo(() => columnsFor(showPerson, end), [showPerson, end]);
  return (
    <DataTable
      label="Sessions"
      rows={sessions}
      columns={columns}
      rowId={(session) => session.id}
      sortedBy={{ id: 'seen', descending: true }}
      empty={<EmptyState icon={<MonitorSmartphone />} title="Nobody is signed in" />}
    />
  );
};
