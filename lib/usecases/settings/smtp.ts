import { z } from 'zod';
import type { SetSmtpSettings, SmtpSettingsView, SmtpTested, TestSmtpInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { deliverMail, type MailSettings } from '@/lib/mail/mail-server';
import { open, seal } from '@/lib/secrets/seal';
import { authorise, type Database, type UseCaseContext } from '../context';
import { record } from '../record';
import { findSetting, readSetting, removeSetting, writeSetting } from './setting';

const PURPOSE = 'settings/smtp';

type Environment = Readonly<Record<string, string | undefined>>;

const storedSchema = z.object({
  host: z.string(),
  port: z.int(),
  secure: z.boolean(),
  user: z.string(),
  sealedPassword: z.string().nullable(),
  from: z.string(),
});
type Stored = z.output<typeof storedSchema>;

const urlOf = ({ host, port, secure, user, sealedPassword }: Stored): string => {
  const password = sealedPassword === null ? '' : `:${encodeURIComponent(open(sealedPassword, PURPOSE))}`;
  const who = user === '' ? '' : `${encodeURIComponent(user)}${password}@`;
  return `${secure ? 'smtps' : 'smtp'}://${who}${host.includes(':') ? `[${host}]` : host}:${port}`;
};

const fromEnvironmentOf = (env: Environment): MailSettings => ({
  url: env.HEADROOM_SMTP_URL,
  from: env.HEADROOM_SMTP_FROM,
});

/** The mail server to send by: the environment's, else the one set in the console; neither has both undefined. */
export const findMailServer = async (db: Database, fromEnvironment: MailSettings): Promise<MailSettings> => {
  if (fromEnvironment.url !== undefined) return fromEnvironment;
  const stored = await readSetting(db, 'smtp', storedSchema);
  return stored === null ? fromEnvironment : { url: urlOf(stored), from: stored.from };
};

const NOTHING: SmtpSettingsView = {
  source: 'none',
  host: '',
  port: 587,
  secure: false,
  user: '',
  hasPassword: false,
  from: '',
  updatedAt: null,
  updatedBy: null,
};

const DEFAULT_PORTS = { 'smtps:': 465, 'smtp:': 587 } as const;

const viewOfUrl = (url: string, from: string): SmtpSettingsView => {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) return { ...NOTHING, source: 'environment', from };
  const secure = parsed.protocol === 'smtps:';
  return {
    ...NOTHING,
    source: 'environment',
    host: parsed.hostname,
    port: parsed.port === '' ? DEFAULT_PORTS[secure ? 'smtps:' : 'smtp:'] : Number(parsed.port),
    secure,
    user: decodeURIComponent(parsed.username),
    hasPassword: parsed.password !== '',
    from,
  };
};

/** Without the password, which is never shown. */
export const getSmtpSettings = async (
  context: UseCaseContext,
  env: Environment = process.env,
): Promise<SmtpSettingsView> => {
  authorise(context, 'settings.write');
  const { url, from } = fromEnvironmentOf(env);
  if (url !== undefined) return viewOfUrl(url, from ?? '');
  const stored = await findSetting(context.db, 'smtp', storedSchema);
  if (stored === null) return NOTHING;
  const { sealedPassword, ...plain } = stored.value;
  return {
    ...plain,
    source: 'console',
    hasPassword: sealedPassword !== null,
    updatedAt: stored.updatedAt.toISOString(),
    updatedBy: stored.updatedBy,
  };
};

const refuseEnvironment = (env: Environment): void => {
  if (fromEnvironmentOf(env).url === undefined) return;
  throw new HeadroomError(
    'wrong_state',
    'The mail server is set by the environment (HEADROOM_SMTP_URL): change it there.',
  );
};

/** In force with the next mail. Without a password the present one stays, for the same user at the same server only. */
export const setSmtpSettings = async (
  context: UseCaseContext,
  input: SetSmtpSettings,
  env: Environment = process.env,
): Promise<SmtpSettingsView> => {
  authorise(context, 'settings.write');
  refuseEnvironment(env);
  const { password, ...plain } = input;
  await record(context, async (tx) => {
    const before = await readSetting(tx, 'smtp', storedSchema);
    const isSame = before !== null && before.host === input.host && before.user === input.user;
    const kept = isSame ? before.sealedPassword : null;
    const sealedPassword = password === undefined ? kept : seal(password, PURPOSE);
    if (input.user !== '' && sealedPassword === null) {
      const message = `The password of ${input.user} at this server.`;
      throw new HeadroomError('impossible', message, { details: { fields: [{ field: 'password', message }] } });
    }
    const value: Stored = { ...plain, sealedPassword: input.user === '' ? null : sealedPassword };
    await writeSetting(tx, context, 'smtp', value);
    return {
      value: null,
      audit: {
        action: 'settings.smtp',
        subject: 'settings/smtp',
        detail: { ...plain, passwordChanged: password !== undefined },
      },
    };
  });
  return getSmtpSettings(context, env);
};

/** No mail is sent any more. */
export const removeSmtpSettings = async (
  context: UseCaseContext,
  env: Environment = process.env,
): Promise<SmtpSettingsView> => {
  authorise(context, 'settings.write');
  refuseEnvironment(env);
  return record(context, async (tx) => {
    await removeSetting(tx, 'smtp');
    return { value: NOTHING, audit: { action: 'settings.smtp', subject: 'settings/smtp', detail: { removed: true } } };
  });
};

/** Sends a mail by the settings in force and tells what came of it. Throws `impossible` with the server's words. */
export const testSmtp = async (
  context: UseCaseContext,
  { to }: TestSmtpInput,
  env: Environment = process.env,
): Promise<SmtpTested> => {
  const { host, port } = await getSmtpSettings(context, env);
  const server = await findMailServer(context.db, fromEnvironmentOf(env));
  const outcome = await deliverMail(server, {
    to,
    subject: 'Headroom can send mail',
    text: `${context.actor.name} asked for this test.\n`,
  }).then(
    () => null,
    (error: unknown) => (error instanceof Error ? error.message : String(error)),
  );
  return record(context, async () => {
    const audit = { action: 'settings.smtp-test', subject: 'settings/smtp', detail: { to, sent: outcome === null } };
    return { value: { to, server: `${host}:${port}` }, audit };
  }).then((tested) => {
    if (outcome === null) return tested;
    throw new HeadroomError('impossible', `The test mail was not sent: ${outcome}`, {
      details: { fields: [{ field: 'to', message: `Not sent: ${outcome}` }] },
    });
  });
};
