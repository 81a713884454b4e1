import type { Metadata } from 'next';
import { SmtpForm } from '@/components/settings/smtp-form';
import { TestMail } from '@/components/settings/test-mail';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getSmtpSettings } from '@/lib/usecases/settings/smtp';
import { NoPermission } from '../../no-permission';
import { removeSmtp, saveSmtp, sendTestMail } from './actions';

export const metadata: Metadata = { title: 'Mail' };

export default async function MailSettingsPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'settings.write')) return <NoPermission permission="settings.write" role={role} />;
  const settings = await getSmtpSettings(context);
  return (
    <div className="flex flex-col gap-4">
      <Panel title="Mail server" description="Notifications, approvals and statements are sent by it.">
        <SmtpForm
          key={`${settings.source} ${settings.updatedAt}`}
          settings={settings}
          actions={{ save: saveSmtp, remove: removeSmtp }}
        />
      </Panel>
      {settings.source !== 'none' && (
        <Panel title="Test" description="Sends a mail by what is in force now, and tells what the server said.">
          <TestMail to={context.actor.kind === 'user' ? context.actor.name : ''} send={sendTestMail} />
        </Panel>
      )}
    </div>
  );
}
