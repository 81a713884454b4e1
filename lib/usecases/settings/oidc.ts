import { z } from 'zod';
import { type OidcSettingsView, roleRuleSchema, type SetOidcSettings } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { isRole, ROLES, type Role } from '@/lib/domain/role';
import type { RoleRules } from '@/lib/domain/sso';
import { open, seal } from '@/lib/secrets/seal';
import { authorise, type Database, type UseCaseContext } from '../context';
import { record } from '../record';
import { findSetting, readSetting, removeSetting, writeSetting } from './setting';

const PURPOSE = 'settings/oidc';
const DISCOVERY_DEADLINE_MS = 5_000;

type Environment = Readonly<Record<string, string | undefined>>;

/** What sign-in needs of a provider. */
export interface OidcProvider extends RoleRules {
  readonly label: string;
  readonly issuer: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

const storedSchema = z.object({
  label: z.string(),
  issuer: z.string(),
  clientId: z.string(),
  sealedSecret: z.string(),
  roleClaim: z.string(),
  roles: z.array(roleRuleSchema),
  defaultRole: z.enum(ROLES).nullable(),
});

/** `platform=admin,ops=operator`. Throws `unavailable` for what is no role: it must not let somebody in as another. */
const parseRoles = (text: string): readonly { readonly value: string; readonly role: Role }[] =>
  text
    .split(',')
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.lastIndexOf('=');
      return { value: part.slice(0, at).trim(), role: parseRole(part.slice(at + 1).trim(), 'HEADROOM_OIDC_ROLES') };
    });

const parseRole = (text: string, variable: string): Role => {
  if (isRole(text)) return text;
  throw new HeadroomError('unavailable', `${variable} names ${JSON.stringify(text)}, which is no role.`);
};

/** From the environment of the web process; null when it names no issuer. */
const providerOf = (env: Environment): OidcProvider | null => {
  const issuer = env.HEADROOM_OIDC_ISSUER ?? '';
  if (issuer === '') return null;
  const defaultRole = env.HEADROOM_OIDC_DEFAULT_ROLE ?? '';
  return {
    issuer,
    clientId: env.HEADROOM_OIDC_CLIENT_ID ?? '',
    clientSecret: env.HEADROOM_OIDC_CLIENT_SECRET ?? '',
    label: env.HEADROOM_OIDC_LABEL ?? 'single sign-on',
    roleClaim: env.HEADROOM_OIDC_ROLE_CLAIM ?? 'groups',
    roles: parseRoles(env.HEADROOM_OIDC_ROLES ?? ''),
    defaultRole: defaultRole === '' ? null : parseRole(defaultRole, 'HEADROOM_OIDC_DEFAULT_ROLE'),
  };
};

/** The provider that sign-in uses: the environment's, else the one set in the console; null without one. */
export const findOidcProvider = async (db: Database, env: Environment = process.env): Promise<OidcProvider | null> => {
  const fromEnvironment = providerOf(env);
  if (fromEnvironment !== null) return fromEnvironment;
  const stored = await readSetting(db, 'oidc', storedSchema);
  if (stored === null) return null;
  const { sealedSecret, ...rest } = stored;
  return { ...rest, clientSecret: open(sealedSecret, PURPOSE) };
};

const NOTHING: OidcSettingsView = {
  source: 'none',
  label: 'single sign-on',
  issuer: '',
  clientId: '',
  hasClientSecret: false,
  roleClaim: 'groups',
  roles: [],
  defaultRole: null,
  updatedAt: null,
  updatedBy: null,
};

/** Without the client's secret, which is never shown. */
export const getOidcSettings = async (
  context: UseCaseContext,
  env: Environment = process.env,
): Promise<OidcSettingsView> => {
  authorise(context, 'settings.write');
  const fromEnvironment = providerOf(env);
  if (fromEnvironment !== null) {
    const { clientSecret, roles, ...rest } = fromEnvironment;
    return {
      ...NOTHING,
      ...rest,
      roles: [...roles],
      source: 'environment',
      hasClientSecret: clientSecret !== '',
    };
  }
  const stored = await findSetting(context.db, 'oidc', storedSchema);
  if (stored === null) return NOTHING;
  const { sealedSecret, ...rest } = stored.value;
  return {
    ...rest,
    source: 'console',
    hasClientSecret: sealedSecret !== '',
    updatedAt: stored.updatedAt.toISOString(),
    updatedBy: stored.updatedBy,
  };
};

const refuseEnvironment = (env: Environment): void => {
  if (providerOf(env) === null) return;
  throw new HeadroomError(
    'wrong_state',
    'Single sign-on is set by the environment (HEADROOM_OIDC_ISSUER): change it there.',
  );
};

const refuse = (field: keyof SetOidcSettings, message: string): HeadroomError =>
  new HeadroomError('impossible', message, { details: { fields: [{ field, message }] } });

/** Throws `impossible` unless the issuer says at its well-known place that it is the issuer. */
const checkIssuer = async (issuer: string): Promise<void> => {
  const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
  const found: unknown = await fetch(url, { signal: AbortSignal.timeout(DISCOVERY_DEADLINE_MS), redirect: 'error' })
    .then((answer) => (answer.ok ? answer.json() : null))
    .catch(() => null);
  const said = z.object({ issuer: z.string() }).safeParse(found);
  if (!said.success) throw refuse('issuer', `No OpenID provider answers at ${url}.`);
  if (said.data.issuer.replace(/\/$/, '') !== issuer.replace(/\/$/, '')) {
    throw refuse('issuer', `The provider there calls itself ${said.data.issuer}: enter that.`);
  }
};

/** In force at once, after the issuer was asked. Without a secret the present one stays, for the same issuer only. */
export const setOidcSettings = async (
  context: UseCaseContext,
  input: SetOidcSettings,
  env: Environment = process.env,
): Promise<OidcSettingsView> => {
  authorise(context, 'settings.write');
  refuseEnvironment(env);
  const before = await readSetting(context.db, 'oidc', storedSchema);
  const kept = before !== null && before.issuer === input.issuer ? before.sealedSecret : null;
  const sealedSecret = input.clientSecret === undefined ? kept : seal(input.clientSecret, PURPOSE);
  if (sealedSecret === null) throw refuse('clientSecret', 'The secret of the client.');
  await checkIssuer(input.issuer);
  const { clientSecret, ...plain } = input;
  await record(context, async (tx) => {
    await writeSetting(tx, context, 'oidc', { ...plain, sealedSecret });
    return {
      value: null,
      audit: {
        action: 'settings.oidc',
        subject: 'settings/oidc',
        detail: { ...plain, secretChanged: clientSecret !== undefined },
      },
    };
  });
  return getOidcSettings(context, env);
};

/** Nobody comes in by single sign-on any more; sessions go on. */
export const removeOidcSettings = async (
  context: UseCaseContext,
  env: Environment = process.env,
): Promise<OidcSettingsView> => {
  authorise(context, 'settings.write');
  refuseEnvironment(env);
  return record(context, async (tx) => {
    await removeSetting(tx, 'oidc');
    return { value: NOTHING, audit: { action: 'settings.oidc', subject: 'settings/oidc', detail: { removed: true } } };
  });
};
