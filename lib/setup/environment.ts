/** Settings that only set-up needs; a process that has no use for a secret is not given it. */
const SECRETS = ['HEADROOM_ADMIN_PASSWORD', 'HEADROOM_TOKEN', 'DATABASE_URL'];

/** What the web process is given of the environment: where programs are, the language, and Headroom's own settings. */
const PASSED = /^(PATH|LANG|LC_\w+|TZ|NODE_OPTIONS|NODE_EXTRA_CA_CERTS|NEXTAUTH_URL|HEADROOM_\w+)$/;

type Environment = Readonly<Record<string, string | undefined>>;

export interface Settings {
  readonly home: string;
  readonly port: number;
  readonly address: string;
  readonly hypervisor: 'qemu' | 'simulated';
}

/** The orchestrator's environment: the whole of ours, its settings made definite. */
export const orchestratorEnvironment = (
  env: Environment,
  settings: Settings,
  secrets: { readonly databaseUrl: string; readonly secretsKey: string },
): NodeJS.ProcessEnv => ({
  ...withoutSecrets(env),
  NODE_ENV: 'production',
  DATABASE_URL: secrets.databaseUrl,
  HEADROOM_SECRETS_KEY: secrets.secretsKey,
  HEADROOM_HOME: settings.home,
  HEADROOM_HYPERVISOR: settings.hypervisor,
});

/** The web process's environment: nothing but what it needs. */
export const webEnvironment = (
  env: Environment,
  settings: Settings,
  secrets: { readonly databaseUrl: string; readonly sessionSecret: string; readonly secretsKey: string },
): NodeJS.ProcessEnv => ({
  ...Object.fromEntries(Object.entries(withoutSecrets(env)).filter(([name]) => PASSED.test(name))),
  NODE_ENV: 'production',
  NEXT_TELEMETRY_DISABLED: '1',
  HOME: '/nonexistent',
  PORT: String(settings.port),
  DATABASE_URL: secrets.databaseUrl,
  NEXTAUTH_SECRET: secrets.sessionSecret,
  HEADROOM_SECRETS_KEY: secrets.secretsKey,
  AUTH_TRUST_HOST: '1',
  HEADROOM_HOME: settings.home,
  HEADROOM_NEXT_DIST: '.next',
  HEADROOM_HYPERVISOR: settings.hypervisor,
});

const withoutSecrets = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !SECRETS.includes(name)));
