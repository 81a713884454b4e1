import type { Receipt } from '@/lib/db/generated/client';
import { failureText, type LogFact } from '@/lib/domain/operation';
import type { Plan } from '@/lib/domain/plan';
import { fromFailuresJson } from '@/lib/usecases/operations/stored';
import type { Line, Stage } from './stage';

/** Order of lines of one instant, after commands. */
const RANK = { act: 1, operation: 2, state: 3, health: 4, alarm: 5 } as const;

const described = (fact: LogFact): string | null => {
  switch (fact.type) {
    case 'operation-started':
      return 'begins';
    case 'step-done':
      return `${fact.stepId} — ${fact.detail}`;
    case 'step-failed':
      return `${fact.stepId} failed (${fact.attempt}): ${fact.error}`;
    case 'cancel-requested':
      return `is to be cancelled, says ${fact.by}`;
    case 'retry-requested':
      return `is to be tried again, says ${fact.by}`;
    case 'undo-started':
      return `is undone: ${fact.reason}`;
    case 'undo-step-done':
      return `${fact.stepId} undone`;
    case 'undo-step-failed':
      return `${fact.stepId} not undone (${fact.attempt}): ${fact.error}`;
    case 'resumed':
      return 'is resumed';
    case 'operation-ended':
      return `ended ${fact.state}: ${fact.summary}`;
    case 'step-started':
    case 'undo-step-started':
    case 'step-progress':
      return null;
    default:
      return fact satisfies never;
  }
};

/** Facts of one instant are in the order of the plan, since those of parallel steps race. */
const placeIn = (plan: Plan, fact: LogFact): number => {
  if (fact.type === 'operation-started') return -1;
  if (!('stepId' in fact)) return 1;
  return plan.steps.findIndex(({ id }) => id === fact.stepId) / plan.steps.length;
};

/** In which ways requests failed, and at which nodes. */
const howOf = ({ failures }: Receipt): string => {
  const ways = fromFailuresJson(failures).map(
    (failure) => `${failureText(failure)}${failure.node === null ? '' : ` by ${failure.node}`}`,
  );
  return ways.length === 0 ? '' : ` (${[...new Set(ways)].sort().join('; ')})`;
};

const operationLines = async ({ scene }: Stage): Promise<readonly Line[]> => {
  const operations = await scene.db.operation.findMany({
    include: { log: { orderBy: { seq: 'asc' } }, receipt: true, cluster: true },
    orderBy: { createdAt: 'asc' },
  });
  return operations.flatMap(({ kind, cluster, log, plan, receipt, requestedBy, approvedBy, reason, createdAt }) => {
    const title = `operation ${cluster.name} ${kind}`;
    const approved = approvedBy === null ? '' : `, approved by ${approvedBy}`;
    const why = reason === '' ? '' : `: ${reason}`;
    return [
      { atMs: createdAt.getTime(), rank: RANK.act, text: `${title} is accepted from ${requestedBy}${approved}${why}` },
      ...log.flatMap(({ at, fact: json }) => {
        const fact = json as unknown as LogFact;
        const text = described(fact);
        const rank = RANK.operation + 0.1 + placeIn(plan as unknown as Plan, fact) / 100;
        return text === null ? [] : [{ atMs: at.getTime(), rank, text: `${title}: ${text}` }];
      }),
      ...(receipt === null
        ? []
        : [
            {
              atMs: receipt.endedAt.getTime(),
              rank: RANK.operation + 0.2,
              text: `receipt   ${cluster.name} ${kind}: ${receipt.requests} requests, ${receipt.failed} failed${howOf(receipt)}, longest gap ${receipt.longestGapMs} ms`,
            },
          ]),
    ];
  });
};

const healthLines = async ({ scene }: Stage): Promise<readonly Line[]> => {
  const [changes, fences, alarms] = await Promise.all([
    scene.db.healthChange.findMany({ orderBy: { id: 'asc' } }),
    scene.db.fence.findMany(),
    scene.db.alarm.findMany(),
  ]);
  const line = (at: Date, rank: number, text: string): Line => ({ atMs: at.getTime(), rank, text });
  return [
    ...changes.map(({ at, node, verdict, reason }) =>
      line(at, RANK.health, `health    ${node}: ${verdict}. ${reason}`),
    ),
    ...fences.map(({ at, subject, method, detail, by }) =>
      line(at, RANK.health + 0.1, `fence     ${subject} by ${by} (${method}): ${detail}`),
    ),
    ...fences.flatMap(({ liftedAt, subject }) =>
      liftedAt === null ? [] : [line(liftedAt, RANK.health + 0.2, `fence     ${subject} is lifted`)],
    ),
    ...alarms.map(({ raisedAt, kind, name, message }) =>
      line(raisedAt, RANK.alarm, `alarm     ${kind} ${name}: ${message}`),
    ),
    ...alarms.flatMap(({ resolvedAt, kind, name, resolution }) =>
      resolvedAt === null
        ? []
        : [line(resolvedAt, RANK.alarm + 0.1, `alarm     ${kind} ${name} is over: ${resolution}`)],
    ),
  ];
};

const SILENT_AUDIT = new Set(['workload.create']);

const decisionLines = async ({ scene }: Stage): Promise<readonly Line[]> => {
  const [audit, evaluations, deliveries, recoveries] = await Promise.all([
    scene.db.auditEntry.findMany({ orderBy: { seq: 'asc' } }),
    scene.db.policyEvaluation.findMany({ orderBy: { id: 'asc' }, include: { policy: true } }),
    scene.db.notificationDelivery.findMany({ include: { channel: true } }),
    scene.db.recovery.findMany(),
  ]);
  const last = new Map<string, string>();
  const news = evaluations.filter(({ policyId, code }) => {
    const isNews = last.get(policyId) !== code;
    last.set(policyId, code);
    return isNews;
  });
  return [
    ...audit
      .filter(({ action }) => !SILENT_AUDIT.has(action))
      .map(({ at, actor, action, subject, reason }) => ({
        atMs: at.getTime(),
        rank: RANK.act + 0.1,
        text: `audit     ${actor} ${action} ${subject}${reason === '' ? '' : `: ${reason}`}`,
      })),
    ...news.map(({ at, policy, code, reason }) => ({
      atMs: at.getTime(),
      rank: RANK.act + 0.2,
      text: `policy    ${policy.name} ${code}: ${reason}`,
    })),
    ...deliveries.map(({ createdAt, channel, to, topic, title }) => ({
      atMs: createdAt.getTime(),
      rank: RANK.alarm + 0.2,
      text: `notice    ${channel.name} to ${to} (${topic}): ${title}`,
    })),
    ...recoveries
      .filter(({ kind }) => kind === 'restart')
      .map(({ at, detail }) => ({ atMs: at.getTime(), rank: RANK.act, text: `restart   ${detail}` })),
  ];
};

/** Ids are chance; names are what people know. */
const namesOf = async ({ scene }: Stage): Promise<ReadonlyMap<string, string>> => {
  const { db } = scene;
  const [clusters, vms, operations, volumes, policies, recommendations, faults] = await Promise.all([
    db.cluster.findMany(),
    db.vm.findMany(),
    db.operation.findMany({ include: { cluster: true } }),
    db.volume.findMany({ include: { cluster: true } }),
    db.policy.findMany(),
    db.recommendation.findMany({ include: { policy: true } }),
    db.labFault.findMany(),
  ]);
  return new Map([
    ...clusters.map(({ id, name }) => [id, name] as const),
    ...vms.map(({ id, name }) => [id, name] as const),
    ...operations.map(({ id, kind, cluster }) => [id, `${cluster.name}-${kind}`] as const),
    ...volumes.map(({ id, cluster }) => [id, `${cluster.name}-data`] as const),
    ...policies.map(({ id, name }) => [id, name] as const),
    ...recommendations.map(({ id, policy, author }) => [id, policy?.name ?? author] as const),
    ...faults.map(({ id, kind, target }) => [id, `${kind}-${target}`] as const),
  ]);
};

const ID = /\b[a-z2-7]{12}\b/g;

const two = (n: number): string => String(n).padStart(2, '0');

/** `+1:02:03.400`, since the log begins. */
const stamp = (ms: number): string => {
  const seconds = Math.floor(ms / 1_000);
  const [h, m, s] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60, seconds % 60];
  return `+${h}:${two(m)}:${two(s)}.${String(Math.round(ms) % 1_000).padStart(3, '0')}`;
};

/** Everything that happened since, in order, one line each. */
export const renderLog = async (stage: Stage, since: Date, closing: readonly string[]): Promise<string> => {
  const sinceMs = since.getTime();
  const [names, ...parts] = await Promise.all([
    namesOf(stage),
    operationLines(stage),
    healthLines(stage),
    decisionLines(stage),
  ]);
  const lines = [...stage.lines, ...parts.flat()]
    .filter(({ atMs }) => atMs >= sinceMs)
    .map((line) => ({ ...line, text: line.text.replace(ID, (id) => names.get(id) ?? id) }))
    .sort((a, b) => a.atMs - b.atMs || a.rank - b.rank || (a.text < b.text ? -1 : 1));
  return `${[...lines.map(({ atMs, text }) => `${stamp(atMs - sinceMs)} ${text}`), '', ...closing].join('\n')}\n`;
};
