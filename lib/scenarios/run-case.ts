import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createClusterSchema, loadInputSchema } from '@/lib/domain/contract';
import { Scene, type TestDatabase } from '@/lib/orchestrator/testing';
import { setBudget } from '@/lib/usecases/billing/budgets';
import { createCluster } from '@/lib/usecases/clusters/create-cluster';
import { setLoad } from '@/lib/usecases/clusters/set-load';
import { createChannel } from '@/lib/usecases/notifications/channels';
import { createPolicy } from '@/lib/usecases/policies/create-policy';
import { clusterActs } from './acts/cluster-acts';
import { faultActs } from './acts/fault-acts';
import { peopleActs } from './acts/people-acts';
import { processActs } from './acts/process-acts';
import { closingLines } from './closing';
import { conditions } from './conditions';
import { renderLog } from './log';
import { Observer } from './observer';
import { type Command, parseCommands, parseDurationMs } from './parse-commands';
import { Stage } from './stage';
import { parsePolicy, type WorldFile, worldFileSchema } from './world-file';

const acts = { ...clusterActs, ...peopleActs, ...faultActs, ...processActs };

const LOOK_EVERY_MS = 500;
const UNTIL_MS_MAX = 600_000;
/** The longest period of a task that the moment of a command is seen in. */
const ROUND_MS = 10_000;

export interface Played {
  readonly log: string;
  /** What must never hold and did, without the world's leave. */
  readonly violations: readonly string[];
}

/** Plays the scenario of a directory in a world of its own, and tells what happened. */
export const runCase = async (database: TestDatabase, directory: string): Promise<Played> => {
  const world = worldFileSchema.parse(JSON.parse(await readFile(join(directory, 'world.json'), 'utf8')));
  const commands = parseCommands(await readFile(join(directory, 'commands'), 'utf8'));
  const scene = new Scene(database, {
    ...(world.hosts === undefined ? {} : { lab: world.hosts }),
    hasGate: commands.some(({ verb }) => verb === 'database-down'),
    ...(world.startsAt === undefined ? {} : { startsAt: new Date(world.startsAt) }),
  });
  const stage = new Stage(scene, world.persons);
  try {
    return await play(stage, world, commands);
  } finally {
    await scene.close();
  }
};

const play = async (stage: Stage, world: WorldFile, commands: readonly Command[]): Promise<Played> => {
  const { scene } = stage;
  const observer = new Observer(stage);
  await setUp(stage, world);
  await observer.look();
  const since = scene.clock.now();
  for (const command of commands) {
    await perform(stage, observer, command).catch(async (error: unknown) => {
      const log = await renderLog(stage, since, []);
      throw new Error(`${command.text}\n${log.split('\n').slice(-40).join('\n')}`, { cause: error });
    });
  }
  const closing = await closingLines(stage, since);
  const log = await renderLog(stage, since, closing);
  const isAllowed = (violation: string): boolean => world.allows.some((allowed) => violation.startsWith(allowed));
  return { log, violations: stage.violations.filter((violation) => !isAllowed(violation)) };
};

const setUp = async (stage: Stage, world: WorldFile): Promise<void> => {
  const { scene } = stage;
  stage.life = await scene.start();
  await scene.until('hosts are registered', async () => (await scene.db.host.count()) > 0);
  for (const { load, ...cluster } of world.clusters) {
    await createCluster(stage.as(), createClusterSchema.parse(cluster));
    stage.life.orchestrator.wake();
    await scene.until(
      `${cluster.name} runs`,
      async () => (await scene.db.operation.count({ where: { cluster: { name: cluster.name }, state: 'done' } })) === 1,
    );
    if (load !== undefined) await setLoad(stage.as(), cluster.name, loadInputSchema.parse(load));
  }
  for (const budget of world.budgets) await setBudget(stage.as(), budget);
  for (const channel of world.channels) await createChannel(stage.as(), channel);
  for (const { as, ...policy } of world.policies as readonly { readonly as?: string }[])
    await createPolicy(stage.as(as), parsePolicy(policy));
  // Until every node is known to be well, and who has each VIP; then to a round time, so that what commands meet does not
  // depend on how long all this took.
  await scene.clock.advance(5_000);
  await scene.clock.advance(ROUND_MS - (scene.clock.now().getTime() % ROUND_MS));
};

const perform = async (stage: Stage, observer: Observer, command: Command): Promise<void> => {
  const { verb, words, options, text } = command;
  if (verb === 'wait') return wait(stage, observer, parseDurationMs(words[0] ?? ''));
  if (verb === 'until') return until(stage, observer, command, parseDurationMs(options.within ?? `${UNTIL_MS_MAX}ms`));
  const act = acts[verb];
  if (act === undefined) throw new Error(`${verb} is no command of: wait, until, ${Object.keys(acts).join(', ')}`);
  stage.say(`> ${text}`);
  const refusal = await stage.refusal(() => act(stage, command));
  if (refusal !== null) stage.say(`  refused, ${refusal.code}: ${refusal.message}`);
  stage.life?.orchestrator.wake();
  await observer.look();
};

/** One look after each stretch of time. A process that is fated to die is followed by another. */
const pass = async (stage: Stage, observer: Observer, ms: number): Promise<void> => {
  await stage.scene.clock.advance(ms);
  if (stage.fate !== undefined && stage.life?.isDead === true)
    stage.life = await stage.scene.start({ fate: stage.fate });
  await observer.look();
};

const wait = async (stage: Stage, observer: Observer, ms: number): Promise<void> => {
  for (let passedMs = 0; passedMs < ms; passedMs += LOOK_EVERY_MS)
    await pass(stage, observer, Math.min(LOOK_EVERY_MS, ms - passedMs));
};

const until = async (stage: Stage, observer: Observer, command: Command, limitMs: number): Promise<void> => {
  const [name = ''] = command.words;
  const holds = conditions[name];
  if (holds === undefined) throw new Error(`${name} is no condition of: ${Object.keys(conditions).join(', ')}`);
  for (let passedMs = 0; passedMs <= limitMs; passedMs += LOOK_EVERY_MS) {
    if (await holds(stage, command)) return;
    await pass(stage, observer, LOOK_EVERY_MS);
  }
  throw new Error(`not within ${limitMs / 1_000} s`);
};
