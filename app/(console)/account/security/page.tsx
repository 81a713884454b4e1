import type { Metadata } from 'next';
import { begin, confirm, remove, renew } from '@/app/two-factor-actions';
import { AccountTabs } from '@/components/personal/account-tabs';
import { ChangePasswordForm } from '@/components/security/change-password-form';
import { EndOthersButton } from '@/components/security/end-others-button';
import { SessionsTable } from '@/components/security/sessions-table';
import { TwoFactorPanel } from '@/components/security/two-factor-panel';
import { Callout } from '@/components/ui/callout';
import { Page, PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { getMe } from '@/lib/usecases/account/me';
import { getTwoFactor } from '@/lib/usecases/account/two-factor';
import { readAll } from '@/lib/usecases/paging';
import { listSessions } from '@/lib/usecases/sessions/sessions';
import { changePassword, endOne, endOthers } from './actions';

export const metadata: Metadata = { title: 'Account security' };

export default async function AccountSecurityPage() {
  const context = await pageContext();
  const hasPassword = (await getMe(context)).access?.hasPassword === true;
  const sessions = await readAll((cursor) => listSessions(context, { of: 'me', limit: 200, ...cursor }));
  return (
    <Page>
      <PageHeader title="Account security" description={`You are signed in as ${context.actor.name}.`} />
      <AccountTabs />
      <div className="flex flex-col gap-4">
        {hasPassword ? (
          <Panel title="Password" description="Changing it ends your other sessions.">
            <ChangePasswordForm change={changePassword} />
          </Panel>
        ) : (
          <Callout title="You come in by single sign-on">
            Password and second factor are your provider's. An administrator can give you a password here.
          </Callout>
        )}
        {hasPassword && (
          <TwoFactorPanel state={await getTwoFactor(context)} actions={{ begin, confirm, renew, remove }} />
        )}
        <Panel
          title="Sessions"
          description="Where you are signed in."
          flush
          actions={sessions.length > 1 ? <EndOthersButton end={endOthers} /> : undefined}
        >
          <SessionsTable sessions={sessions} showPerson={false} end={endOne} />
        </Panel>
      </div>
    </Page>
  );
}
