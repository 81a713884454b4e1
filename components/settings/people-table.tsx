'use client';

import { Users } from 'lucide-react';
import { useMemo } from 'react';
import { Badge, Status } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { UserView } from '@/lib/domain/contract';
import type { PeopleActions } from './people-actions';
import { PersonMenu } from './person-menu';

interface PeopleTableProps {
  readonly people: readonly UserView[];
  /** E-mail address of the viewer. */
  readonly self: string;
  readonly actions: Pick<PeopleActions, 'update' | 'resetTwoFactor'>;
}

const accessOf = ({ sso, hasPassword, twoFactor }: UserView): string => {
  const password = twoFactor ? 'password and code' : 'password';
  if (!sso) return password;
  return hasPassword ? `single sign-on or ${password}` : 'single sign-on';
};

const columnsFor = (self: string, actions: PeopleTableProps['actions']): readonly DataColumn<UserView>[] => [
  {
    id: 'name',
    header: 'Name',
    sortBy: (person) => person.name,
    cell: (person) => (
      <span className="flex flex-col">
        <span className="flex items-center gap-2 font-medium">
          {person.name}
          {person.email === self && <Badge>you</Badge>}
          {person.disabledAt !== null && <Badge className="sm:hidden">disabled</Badge>}
        </span>
        <span className="text-fg-3 text-xs">{person.email}</span>
      </span>
    ),
  },
  { id: 'role', header: 'Role', sortBy: (person) => person.role, cell: (person) => person.role },
  {
    id: 'state',
    header: 'State',
    className: 'max-sm:hidden',
    sortBy: (person) => (person.disabledAt === null ? 'a' : 'b'),
    cell: (person) =>
      person.disabledAt === null ? <Status tone="ok">may sign in</Status> : <Status tone="idle">disabled</Status>,
  },
  {
    id: 'access',
    header: 'Signs in by',
    className: 'max-lg:hidden',
    sortBy: accessOf,
    cell: accessOf,
  },
  {
    id: 'created',
    header: 'Added',
    className: 'max-sm:hidden',
    sortBy: (person) => person.createdAt,
    cell: (person) => <Time at={person.createdAt} />,
  },
  {
    id: 'actions',
    header: 'Actions',
    hideHeader: true,
    numeric: true,
    cell: (person) => <PersonMenu person={person} isSelf={person.email === self} actions={actions} />,
  },
];

export const PeopleTable = ({ people, self, actions }: PeopleTableProps) => {
  const columns = useMemo(() => columnsFor(self, actions), [self, actions]);
  return (
    <DataTable
      label="People"
      rows={people}
      columns={columns}
      rowId={(person) => person.id}
      sortedBy={{ id: 'name' }}
      empty={<EmptyState icon={<Users />} title="Nobody yet" />}
    />
  );
};
