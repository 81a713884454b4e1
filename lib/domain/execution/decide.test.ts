import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { LogEntry, LogFact } from '../operation';
import type { Plan, PlanStep } from '../plan';
import { planRequirements } from '../planning';
import { LARGE, observedCluster, requirements } from '../planning/testing';
import { decide } from './decide';

function template(): Plan {
  const result = planRequirements(observedCluster(), requirements({ shape: LARGE }));
  if (!result.ok) throw new Error(result.message);
  return result.plan;
}

/** A random plan: each step may follow any earlier ones; traffic moves from a random step on. */
const anyPlan = fc
  .array(fc.record({ picks: fc.array(fc.nat(), { maxLength: 3 }), attempts: fc.integer({ min: 1, max: 3 }) }), {
    minLength: 1,
    maxLength: 9,
  })
  .chain((raw) => fc.nat({ max: raw.length }).map((moves) => ({ raw, moves })))
  .map(({ raw, moves }): Plan => {
    const steps = raw.map(
      ({ picks, attempts }, i): PlanStep => ({
        id: `create:${i}`,
        kind: 'create',
        title: `step ${i}`,
        args: { vmId: `${i}` },
        after: i === 0 ? [] : [...new Set(picks.map((p) => `create:${p % i}`))],
        deadlineMs: 1000,
        attempts,
        movesTraffic: i >= moves,
      }),
    );
    return { ...template(), steps };
  });

interface Run {
  readonly log: readonly LogEntry[];
  readonly decisions: number;
}

/** What chance does at each turn: which act ends, how, and whether the process dies or a person cancels. */
const anyTurns = fc.infiniteStream(
  fc.record({ pick: fc.nat(), fails: fc.nat({ max: 9 }), crash: fc.nat({ max: 19 }), cancel: fc.nat({ max: 39 }) }),
);

/** Executes a plan as the engine does, under random failures, crashes and cancellations. */
function execute(plan: Plan, turns: Iterator<{ pick: number; fails: number; crash: number; cancel: number }>): Run {
  const log: LogEntry[] = [];
  const underWay = new Map<string, 'run' | 'undo'>();
  const append = (fact: LogFact): number => log.push({ seq: log.length + 1, at: new Date(log.length), ...fact });
  let decisions = 0;
  for (; decisions < 2_000; decisions++) {
    const turn = turns.next().value;
    if (turn.crash === 0) underWay.clear();
    if (turn.cancel === 0 && !log.some((e) => e.type === 'cancel-requested' || e.type === 'operation-ended'))
      append({ type: 'cancel-requested', by: 'ann' });
    const decision = decide(plan, log, new Set(underWay.keys()));
    if (decision.kind === 'ended') break;
    if (decision.kind === 'append') append(decision.fact);
    if (decision.kind === 'run' || decision.kind === 'undo') {
      for (const step of decision.steps) {
        expect(underWay.has(step.id)).toBe(false);
        underWay.set(step.id, decision.kind);
        append({ type: decision.kind === 'run' ? 'step-started' : 'undo-step-started', stepId: step.id, attempt: 1 });
      }
    }
    const ending = [...underWay][turn.pick % Math.max(underWay.size, 1)];
    if (ending === undefined || decision.kind === 'append') continue;
    const [stepId, act] = ending;
    underWay.delete(stepId);
    const failed = turn.fails < 2;
    if (act === 'undo')
      append(
        failed ? { type: 'undo-step-failed', stepId, attempt: 1, error: 'no' } : { type: 'undo-step-done', stepId },
      );
    else
      append(
        failed
          ? { type: 'step-failed', stepId, attempt: 1, error: 'no', retryable: turn.fails === 0 }
          : { type: 'step-done', stepId, detail: '' },
      );
  }
  return { log, decisions };
}

it('ends done, undone, cancelled or stuck under any failures, crashes and cancellations', () => {
  fc.assert(
    fc.property(anyPlan, anyTurns, (plan, turns) => {
      const { log } = execute(plan, turns);
      const last = log.at(-1);
      expect(last?.type).toBe('operation-ended');
      const finished = new Set(log.flatMap((e) => (e.type === 'step-done' ? [e.stepId] : [])));
      if (last?.type === 'operation-ended' && last.state === 'done') expect(finished.size).toBe(plan.steps.length);
    }),
    { numRuns: 500 },
  );
});

it('starts a step only after those it follows, and undoes only while no traffic was moved, last first', () => {
  fc.assert(
    fc.property(anyPlan, anyTurns, (plan, turns) => {
      const done = new Set<string>();
      const standing = new Set<string>();
      let moved = false;
      for (const entry of execute(plan, turns).log) {
        if (entry.type === 'step-started') {
          const step = plan.steps.find((s) => s.id === entry.stepId);
          for (const id of step?.after ?? []) expect(done).toContain(id);
          standing.add(entry.stepId);
          moved ||= step?.movesTraffic ?? false;
        }
        if (entry.type === 'step-done') done.add(entry.stepId);
        if (entry.type === 'undo-started') expect(moved).toBe(false);
        if (entry.type === 'undo-step-started') {
          const above = plan.steps.filter((s) => s.after.includes(entry.stepId)).map((s) => s.id);
          for (const id of above) expect(standing).not.toContain(id);
        }
        if (entry.type === 'undo-step-done') standing.delete(entry.stepId);
        if (entry.type === 'operation-ended' && (entry.state === 'undone' || entry.state === 'cancelled'))
          expect(standing.size).toBe(0);
      }
    }),
    { numRuns: 500 },
  );
});

it('tries a step no more often than its attempts allow', () => {
  fc.assert(
    fc.property(anyPlan, anyTurns, (plan, turns) => {
      const { log } = execute(plan, turns);
      for (const step of plan.steps) {
        const failures = log.filter((e) => e.type === 'step-failed' && e.stepId === step.id).length;
        expect(failures).toBeLessThanOrEqual(step.attempts);
      }
    }),
    { numRuns: 300 },
  );
});

it('goes on where it stopped when a person asks a stuck operation to try again', () => {
  const plan = {
    ...template(),
    steps: template()
      .steps.slice(0, 1)
      .map((s) => ({ ...s, movesTraffic: true, after: [] })),
  };
  const stepId = plan.steps[0]?.id ?? '';
  const facts: LogFact[] = [
    { type: 'operation-started' },
    { type: 'step-started', stepId, attempt: 1 },
    { type: 'step-failed', stepId, attempt: 1, error: 'no', retryable: false },
  ];
  const logOf = (list: readonly LogFact[]): LogEntry[] =>
    list.map((fact, i) => ({ seq: i + 1, at: new Date(i), ...fact }));
  const stuck = decide(plan, logOf(facts), new Set());
  expect(stuck).toMatchObject({ kind: 'append', fact: { type: 'operation-ended', state: 'stuck' } });
  const again = logOf([
    ...facts,
    { type: 'operation-ended', state: 'stuck', summary: '' },
    { type: 'retry-requested', by: 'ann' },
  ]);
  expect(decide(plan, again, new Set())).toMatchObject({ kind: 'run', steps: [{ id: stepId }] });
});
