import type { Fate } from '@/lib/orchestrator/testing';
import type { Act } from './cluster-acts';

/** Every process dies once at each step that has not killed one yet, right after the step had its effect. */
const dyingAtEveryStep = (acts: readonly string[]): Fate => {
  const killers = new Set<string>();
  return (step, act) => {
    const key = `${act} ${step.kind} ${JSON.stringify(step.args)}`;
    if (!acts.includes(act) || killers.has(key)) return false;
    killers.add(key);
    return true;
  };
};

/** What happens to orchestrators and the database. */
export const processActs: Readonly<Record<string, Act>> = {
  /** Without a process that leads: the one before is dead, or was never. */
  'start-orchestrator': async (stage) => {
    stage.life = await stage.scene.start();
  },
  /** Another one beside the one that leads. */
  'start-second': (stage) => stage.scene.start({ takesOver: false }),
  'kill-orchestrator': async (stage) => {
    stage.life?.kill();
    stage.life = null;
  },
  'stop-orchestrator': async (stage) => {
    await stage.life?.stop();
    stage.life = null;
  },
  /** From now on a process dies at each step that it takes (`do`, `undo` or both), and another one follows. */
  'die-at-every': async (stage, { words }) => {
    const acts = words.map((word) => (word === 'undo' ? 'undo' : 'ensure'));
    stage.fate = dyingAtEveryStep(acts.length === 0 ? ['ensure', 'undo'] : acts);
    stage.life?.kill();
    stage.life = await stage.scene.start({ fate: stage.fate });
  },
  'die-at': async (stage, { words: [kind = ''] }) => {
    let hasDied = false;
    stage.fate = (step) => {
      const dies = !hasDied && step.kind === kind;
      hasDied ||= dies;
      return dies;
    };
    stage.life?.kill();
    stage.life = await stage.scene.start({ fate: stage.fate });
  },
  'database-down': async (stage) => stage.scene.cutDatabase(),
  'database-up': async (stage) => stage.scene.healDatabase(),
};
