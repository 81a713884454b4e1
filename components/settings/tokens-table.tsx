'use client';

import { KeyRound } from 'lucide-react';
import { useRouter } from 'next/navigation';
import { useMemo, useState } from 'react';
import { Status } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import { toast } from '@/components/ui/toast';
import type { TokenView } from '@/lib/domain/contract';
import type { TokenActions } from './token-actions';

interface TokensTableProps {
  readonly tokens: readonly TokenView[];
  readonly revoke: TokenActions['revoke'];
}

const RevokeButton = ({ token, revoke }: { readonly token: TokenView; readonly revoke: TokenActions['revoke'] }) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const answer = await revoke(token.id);
    if (answer.ok) toast.success(`Token ${token.name} is revoked`);
    else toast.error(answer.error.message);
    router.refresh();
    return answer.ok;
  };
  return (
    <>
      <Button size="sm" variant="dangerGhost" aria-label={`Revoke ${token.name}`} onClick={() => setOpen(true)}>
        Revoke
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        danger
        title={`Revoke ${token.name}?`}
        description="Whatever uses it is refused from its next request on. This cannot be taken back."
        confirmLabel="Revoke"
        onConfirm={confirm}
      />
    </>
  );
};

const columnsFor = (revoke: TokenActions['revoke']): readonly DataColumn<TokenView>[] => [
  {
    id: 'name',
    header: 'Name',
    sortBy: (token) => token.name,
    cell: (token) => <span className="font-medium">{token.name}</span>,
  },
  { id: 'role', header: 'Role', sortBy: (token) => token.role, cell: (token) => token.role },
  {
    id: 'state',
    header: 'State',
    sortBy: (token) => (token.revokedAt === null ? 'a' : 'b'),
    cell: (token) =>
      token.revokedAt === null ? <Status tone="ok">valid</Status> : <Status tone="idle">revoked</Status>,
  },
  {
    id: 'used',
    header: 'Last used',
    sortBy: (token) => token.lastUsedAt ?? '',
    cell: (token) =>
      token.lastUsedAt === null ? <span className="text-fg-3">never</span> : <Time at={token.lastUsedAt} />,
  },
  {
    id: 'created',
    header: 'Created',
    sortBy: (token) => token.createdAt,
    cell: (token) => (
      <span className="flex flex-col">
        <Time at={token.createdAt} />
        <span className="text-fg-3 text-xs">{token.createdBy}</span>
      </span>
    ),
  },
  {
    id: 'actions',
    header: 'Actions',
    hideHeader: true,
    numeric: true,
    cell: (token) => (token.revokedAt === null ? <RevokeButton token={token} revoke={revoke} /> : null),
  },
];

export const TokensTable = ({ tokens, revoke }: TokensTableProps) => {
  const columns = useMemo(() => columnsFor(revoke), [revoke]);
  return (
    <DataTable
      label="API tokens"
      rows={tokens}
      columns={columns}
      rowId={(token) => token.id}
      sortedBy={{ id: 'created', descending: true }}
      empty={
        <EmptyState icon={<KeyRound />} title="No tokens yet">
          Programs sign in with a token: pipelines, scripts, the command line on another machine.
        </EmptyState>
      }
    />
  );
};
