import type { Metadata } from 'next';
import { AddPerson } from '@/components/settings/add-person';
import { PeopleTable } from '@/components/settings/people-table';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { readAll } from '@/lib/usecases/paging';
import { listUsers } from '@/lib/usecases/users/list-users';
import { NoPermission } from '../../no-permission';
import { addPerson, changePerson, resetCode } from './actions';

export const metadata: Metadata = { title: 'People' };

export default async function PeoplePage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'users.write')) return <NoPermission permission="users.write" role={role} />;
  const people = await readAll((cursor) => listUsers(context, { limit: 200, ...cursor }));
  return (
    <Panel title="People" flush actions={<AddPerson create={addPerson} />}>
      <PeopleTable
        people={people}
        self={context.actor.name}
        actions={{ update: changePerson, resetTwoFactor: resetCode }}
      />
    </Panel>
  );
}
