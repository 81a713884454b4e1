import { join } from 'node:path';
import { ensureSessionSecret } from '@/lib/auth/ensure-session-secret';
import { writePrivateFile } from '@/lib/auth/private-file';
import { LOCAL_FILES } from '@/lib/cli/home';
import { everyoneMayEnter } from '@/lib/db/postgres-programs';
import { ensureSecretsKey } from '@/lib/secrets/secrets-key';
import { ensureBuild } from './build';
import { type Database, ensureDatabase, ensureHomeFolders } from './database';
import { orchestratorEnvironment, type Settings, webEnvironment } from './environment';
import { type AdministratorCredentials, readAdministrator } from './first-administrator';
import { keepHypervisor } from './hypervisor-choice.mjs';
import { ensureImage } from './image';
import { assertPortFree } from './port.mjs';
import { claimHome } from './process-record.mjs';
import { withProgress } from './progress.mjs';
import { untilReady } from './readiness';
import { endRunning } from './run.mjs';
import { endLeftover, type Service, type ServiceOptions, superviseService } from './service';
import { SetupError } from './setup-error.mjs';
import { watchDatabase } from './watch-database';
import { webCommand } from './web-account';
import { welcome } from './welcome';

/** A build that is cut short removes what it has made so far. */
const BUILD_DEADLINE_MS = 15_000;
const STOP_DEADLINE_MS = { web: 4_000, orchestrator: 20_000 } as const;

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** What has to be stopped again, in the order in which it was started. */
interface Started {
  readonly name: string;
  stop(): Promise<void>;
}

/**
 * Brings everything up below the state directory, then looks after it until Ctrl-C, SIGTERM, or a process that ends too
 * often. Stops the control plane in order and leaves VMs and their traffic going. Resolves with the exit code.
 */
export const runInstallation = async (settings: Settings): Promise<number> => {
  const administrator = readAdministrator(process.env);
  await assertHomeFits(settings.home);
  await ensureHomeFolders(settings.home);
  const release = claimHome(settings.home);
  const started: Started[] = [];
  const ending = watchForEnd();
  const up = bringUp(settings, administrator, started, ending);
  try {
    await Promise.race([up, ending.ended]);
    return await ending.ended;
  } finally {
    ending.end(1);
    await endRunning(BUILD_DEADLINE_MS);
    await up.catch(() => undefined);
    for (const { stop } of started.reverse()) await stop();
    release();
    ending.dispose();
  }
};

interface Ending {
  /** Resolves with the exit code when it is time to stop. */
  readonly ended: Promise<number>;
  /** The first call counts. */
  readonly end: (code: number) => void;
  /** Aborted from then on. */
  readonly signal: AbortSignal;
  readonly dispose: () => void;
}

/** A second signal does not hurry: stopping has deadlines of its own and ends in seconds. */
const watchForEnd = (): Ending => {
  const abort = new AbortController();
  let resolveEnded: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => {
    resolveEnded = resolve;
  });
  const end = (code: number): void => {
    resolveEnded(code);
    abort.abort(new Error('stopped'));
  };
  const onSignal = (): void => {
    say('\nStopping the control plane. Virtual machines go on serving; `npx headroom down` stops them too.');
    end(0);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  return {
    ended,
    end,
    signal: abort.signal,
    dispose: () => {
      for (const signal of signals) process.off(signal, onSignal);
    },
  };
};

const bringUp = async (
  settings: Settings,
  administrator: AdministratorCredentials | null,
  started: Started[],
  { end, signal }: Ending,
): Promise<void> => {
  const { home, port, address } = settings;
  for (const name of ['web', 'orchestrator'] as const) await endLeftover(home, name, STOP_DEADLINE_MS[name]);
  await assertPortFree(port, address);
  const database = await withProgress('database', () => ensureDatabase(home, process.env.DATABASE_URL));
  started.push({ name: 'database', stop: database.stop });
  signal.throwIfAborted();
  keepHypervisor(home, settings.hypervisor);
  const secretsKey = process.env.HEADROOM_SECRETS_KEY ?? (await ensureSecretsKey(home));
  const orchestratorEnv = orchestratorEnvironment(process.env, settings, { databaseUrl: database.url, secretsKey });
  await Promise.all([
    withProgress('console, production build', ensureBuild),
    withProgress('guest image and golden snapshot', (report) => ensureImage(orchestratorEnv, report)),
  ]);

  const options: ServiceOptions = {
    home,
    say,
    onGivenUp: (name, reason) => {
      say(`\nThe ${name} process ends again and again: ${reason}\nStopping the control plane; VMs go on serving.`);
      end(1);
    },
  };
  signal.throwIfAborted();
  const services = await startServices(settings, { ...database, secretsKey }, orchestratorEnv, options);
  started.push(...services);
  started.push(watchDatabase(database, { say, onGivenUp: () => end(1) }));
  const url = `http://${address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address}:${port}`;
  await withProgress('console and orchestrator', () => untilReady(url, join(home, 'logs'), signal));
  await writePrivateFile(join(home, LOCAL_FILES.url), `${url}\n`);
  await welcome({ home, url, databaseUrl: database.url, administrator, say, signal });
};

const startServices = async (
  settings: Settings,
  database: Pick<Database, 'webUrl'> & { readonly secretsKey: string },
  orchestratorEnv: NodeJS.ProcessEnv,
  options: ServiceOptions,
): Promise<readonly (Service & Started)[]> => {
  const { home, port, address } = settings;
  const sessionSecret = await ensureSessionSecret(home);
  const orchestrator = await superviseService(
    {
      name: 'orchestrator',
      command: process.execPath,
      args: ['--import', 'tsx', 'lib/orchestrator/main.ts'],
      env: orchestratorEnv,
      stopDeadlineMs: STOP_DEADLINE_MS.orchestrator,
    },
    options,
  );
  const web = await superviseService(
    {
      name: 'web',
      ...(await webCommand(home, ['start', '--port', String(port), '--hostname', address])),
      env: webEnvironment(process.env, settings, {
        databaseUrl: database.webUrl,
        sessionSecret,
        secretsKey: database.secretsKey,
      }),
      stopDeadlineMs: STOP_DEADLINE_MS.web,
    },
    options,
  );
  return [
    { name: 'orchestrator', stop: orchestrator.stop },
    { name: 'web', stop: web.stop },
  ];
};

/** As root, two unprivileged accounts work in the state directory: every account has to be able to enter it. */
const assertHomeFits = async (home: string): Promise<void> => {
  if (process.getuid?.() !== 0 || (await everyoneMayEnter(home))) return;
  throw new SetupError(
    `HEADROOM_HOME is ${home}, which other accounts cannot enter, and the database and virtual machines do not run as ` +
      'root. Choose another place, such as /var/lib/headroom, or let everyone pass: chmod o+x on it and on all folders above.',
  );
};
