import type { Metadata } from 'next';
import { SessionsTable } from '@/components/security/sessions-table';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { readAll } from '@/lib/usecases/paging';
import { listSessions } from '@/lib/usecases/sessions/sessions';
import { endOne } from '../../account/security/actions';
import { NoPermission } from '../../no-permission';

export const metadata: Metadata = { title: 'Sessions' };

export default async function SessionsPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'users.write')) return <NoPermission permission="users.write" role={role} />;
  const sessions = await readAll((cursor) => listSessions(context, { of: 'everyone', limit: 200, ...cursor }));
  return (
    <Panel title="Sessions" description="Who is signed in, and from where." flush>
      <SessionsTable sessions={sessions} showPerson end={endOne} />
    </Panel>
  );
}
