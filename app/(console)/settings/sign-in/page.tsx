import type { Metadata } from 'next';
import { headers } from 'next/headers';
import { OidcForm } from '@/components/settings/oidc-form';
import { TwoFactorRoles } from '@/components/settings/two-factor-roles';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { getOidcSettings } from '@/lib/usecases/settings/oidc';
import { getSignInSettings } from '@/lib/usecases/settings/sign-in';
import { NoPermission } from '../../no-permission';
import { removeOidc, saveOidc, saveSignIn } from './actions';

export const metadata: Metadata = { title: 'Sign-in' };

/** Where the provider sends people back to: by the address that people reach the console at. */
const redirectUri = async (): Promise<string> => {
  const base = process.env.NEXTAUTH_URL ?? `http://${(await headers()).get('host') ?? ''}`;
  return `${base.replace(/\/$/, '')}/api/auth/callback/oidc`;
};

export default async function SignInSettingsPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'settings.write')) return <NoPermission permission="settings.write" role={role} />;
  const [signIn, oidc] = [await getSignInSettings(context), await getOidcSettings(context)];
  return (
    <div className="flex flex-col gap-4">
      <Panel
        title="Two-factor sign-in"
        description="Who has one of these roles sets up an authenticator before anything else. Single sign-on leaves that to its provider."
      >
        <TwoFactorRoles settings={signIn} save={saveSignIn} />
      </Panel>
      <Panel title="Single sign-on" description="People of an OpenID Connect provider; its claims say who may do what.">
        <OidcForm
          key={`${oidc.source} ${oidc.updatedAt}`}
          settings={oidc}
          redirectUri={await redirectUri()}
          actions={{ save: saveOidc, remove: removeOidc }}
        />
      </Panel>
    </div>
  );
}
