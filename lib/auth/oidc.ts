import type { OAuthConfig } from 'next-auth/providers/oauth';
import type { OidcProvider } from '@/lib/usecases/settings/oidc';
import type { Claims } from '@/lib/usecases/users/sso-person';

export const OIDC_PROVIDER_ID = 'oidc';

/** The id token's claims with those of the userinfo endpoint: providers differ in where they put groups. */
export const oidcProvider = (settings: OidcProvider): OAuthConfig<Claims> => {
  const issuer = settings.issuer.replace(/\/$/, '');
  return {
    id: OIDC_PROVIDER_ID,
    name: settings.label,
    type: 'oauth',
    wellKnown: `${issuer}/.well-known/openid-configuration`,
    clientId: settings.clientId,
    clientSecret: settings.clientSecret,
    idToken: true,
    checks: ['pkce', 'state', 'nonce'],
    authorization: { params: { scope: 'openid email profile' } },
    userinfo: {
      request: async ({ tokens, client }) => {
        // next-auth types what openid-client gives it as the bare parameters; the whole set checks the subject, too.
        const set = tokens as Parameters<typeof client.userinfo>[0] & { claims(): Claims };
        return { ...set.claims(), ...(await client.userinfo(set)) };
      },
    },
    // Who that is here is decided by `ensureSsoPerson`, when sign-in asks.
    profile: (claims) => ({ id: claims.sub }),
  };
};
