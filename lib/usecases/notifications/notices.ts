import type { Alarm, BudgetAlert, Operation, Recommendation } from '@/lib/db/generated/client';
import type { AlarmKind } from '@/lib/domain/alarm';
import type { Notice } from '@/lib/domain/notification/message';
import { describeSizeChange } from '@/lib/domain/policy/size';
import type { Database } from '../context';
import { idFrom } from '../ids';
import { fromPlanJson } from '../operations/stored';
import { fromSizeJson } from '../policies/stored';
import { costOfRow } from '../recommendations/view';

/** What ended longer ago is no news. */
const NEWS_MS = 3_600_000;

/** "2026-11-24 08:43 UTC" */
const utc = (at: Date): string => `${at.toISOString().slice(0, 16).replace('T', ' ')} UTC`;

type Named<T> = T & { readonly cluster: { readonly name: string } };

const costLine = (row: Recommendation): string | null => {
  const cost = costOfRow(row);
  if (cost === null) return null;
  const { currency, perMonthBefore, perMonthAfter, perHourBefore, perHourAfter } = cost;
  return `Cost per month: ${perMonthBefore} → ${perMonthAfter} ${currency} (per hour ${perHourBefore} → ${perHourAfter}).`;
};

const outageLine = (row: Recommendation): string => {
  const { expectedOutageMs } = fromPlanJson(row.plan);
  return `Expected outage: ${expectedOutageMs === 0 ? 'none' : `about ${Math.round(expectedOutageMs)} ms`}.`;
};

const anewLine = ({ remade }: Recommendation): string | null =>
  remade === 0 ? null : 'Things have changed since it was asked first: the plan was made anew.';

const ofRecommendation = (row: Named<Recommendation>): Notice => {
  const change = describeSizeChange(fromSizeJson(row.from), fromSizeJson(row.to));
  const [cost, outage] = [costLine(row), outageLine(row)];
  return {
    // A plan that was made anew is told again where that changes what people decide by.
    key: `recommendation/${row.id}/${row.askedRole}/${idFrom(cost ?? '', outage)}`,
    topic: 'recommendation',
    title: `${row.cluster.name}: ${change} wants your approval`,
    text: [row.reason, cost, outage, anewLine(row), `It expires at ${utc(row.expiresAt)}.`]
      .filter((line) => line !== null)
      .join('\n'),
    path: `/approvals/${row.id}`,
    role: row.askedRole,
  };
};

const ofOperation = (row: Named<Operation>): Notice => {
  const isDone = row.state === 'done';
  return {
    key: `operation/${row.id}/${row.state}`,
    topic: isDone ? 'operation-ended' : 'failure',
    title: `${row.cluster.name}: ${row.kind} ${row.state}`,
    text: [row.summary, row.reason, `Asked by ${row.requestedBy}.`].filter((line) => line).join('\n'),
    path: `/operations/${row.id}`,
    role: null,
  };
};

/** Where one sees more of an alarm: the host's page, else the cluster's. */
const alarmPath = ({ subject, name, clusterId }: Alarm): string => {
  if (subject.startsWith('host/')) return `/hosts/${encodeURIComponent(name)}`;
  return clusterId === null ? '/' : `/clusters/${clusterId}`;
};

const ofAlarm = (row: Alarm): Notice => {
  const isInDoubt = row.kind === ('fence-in-doubt' satisfies AlarmKind);
  return {
    key: `alarm/${row.id}`,
    topic: isInDoubt ? 'fencing' : 'failure',
    title: isInDoubt
      ? `${row.name}: not known whether it still runs, decide`
      : `${row.name}: ${row.kind.replaceAll('-', ' ')}`,
    text: row.message,
    path: alarmPath(row),
    role: null,
  };
};

const ofBudgetAlert = (row: BudgetAlert): Notice => ({
  key: `budget/${row.id}`,
  topic: 'budget',
  title: row.text,
  text: `Month ${row.month}, without tax.`,
  path: '/cost/budgets',
  role: null,
});

export interface News {
  readonly notice: Notice;
  /** When it became so; a channel that was made later is not told. */
  readonly at: Date;
}

/** All that has happened of late, or waits for an answer, and that somebody may want to be told of. */
export const readNews = async (db: Database, now: Date): Promise<readonly News[]> => {
  const cluster = { select: { name: true } } as const;
  const since = new Date(now.getTime() - NEWS_MS);
  const [recommendations, operations, budgetAlerts, alarms] = await Promise.all([
    db.recommendation.findMany({ where: { state: 'open' }, include: { cluster } }),
    db.operation.findMany({
      where: { state: { in: ['done', 'undone', 'cancelled', 'stuck'] }, endedAt: { gte: since } },
      include: { cluster },
    }),
    db.budgetAlert.findMany({ where: { at: { gte: since } } }),
    db.alarm.findMany({ where: { raisedAt: { gte: since }, resolvedAt: null } }),
  ]);
  return [
    ...recommendations.map((row) => ({ notice: ofRecommendation(row), at: now })),
    ...operations.map((row) => ({ notice: ofOperation(row), at: row.endedAt ?? now })),
    ...budgetAlerts.map((row) => ({ notice: ofBudgetAlert(row), at: row.at })),
    ...alarms.map((row) => ({ notice: ofAlarm(row), at: row.raisedAt })),
  ];
};
