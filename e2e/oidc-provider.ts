import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

export interface Member {
  readonly email: string;
  readonly name: string;
  readonly groups: readonly string[];
}

export interface OidcServer {
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly close: () => Promise<void>;
}

/** An OpenID provider on a port of its own, which asks for a login and takes any password. Members by login. */
export const startOidcProvider = async (
  redirectUri: string,
  members: Readonly<Record<string, Member>>,
): Promise<OidcServer> => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const [clientId, clientSecret] = ['headroom', 'a secret of the client'];
  const provider = new Provider(issuer, {
    clients: [{ client_id: clientId, client_secret: clientSecret, redirect_uris: [redirectUri] }],
    claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name', 'groups'] },
    cookies: { keys: ['a key of the provider of the tests'] },
    features: { devInteractions: { enabled: true } },
    findAccount: (_context, login) => {
      const member = members[login];
      if (member === undefined) return undefined;
      return {
        accountId: login,
        claims: () => ({ sub: login, email_verified: true, ...member, groups: [...member.groups] }),
      };
    },
  });
  server.on('request', provider.callback());
  return {
    issuer,
    clientId,
    clientSecret,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
};
