import type { TypicalMs } from '@/lib/domain/execution/time-left';
import { median } from '@/lib/domain/median';
import type { Database, Transaction } from '../context';
import { applyEntry, beginProgress } from './progress';
import { fromPlanJson, toLogEntry } from './stored';

/** Operations that are looked back at, of the same kind and of any. */
const RUNS = 20;

interface Took {
  readonly kind: string;
  readonly ms: number;
}

const readRuns = async (db: Database | Transaction, kind: string | undefined): Promise<readonly Took[]> => {
  const rows = await db.operation.findMany({
    where: { state: 'done', ...(kind === undefined ? {} : { kind }) },
    orderBy: { createdAt: 'desc' },
    take: RUNS,
    select: { plan: true, log: { orderBy: { seq: 'asc' } } },
  });
  return rows.flatMap(({ plan, log }) =>
    log
      .map(toLogEntry)
      .reduce(applyEntry, beginProgress(fromPlanJson(plan).steps))
      .steps.flatMap(({ kind: of, startedAt, endedAt }) =>
        startedAt === null || endedAt === null ? [] : [{ kind: of, ms: Date.parse(endedAt) - Date.parse(startedAt) }],
      ),
  );
};

/** What steps of each kind took in past operations of the same kind; where there was none, in those of any kind. */
export const loadTypicalMs = async (db: Database | Transaction, kind: string): Promise<TypicalMs> => {
  const [same, any] = await Promise.all([readRuns(db, kind), readRuns(db, undefined)]);
  const kinds = new Set([...same, ...any].map((took) => took.kind));
  return Object.fromEntries(
    [...kinds].flatMap((of): [string, number][] => {
      const own = same.filter((took) => took.kind === of);
      const value = median((own.length > 0 ? own : any.filter((took) => took.kind === of)).map(({ ms }) => ms));
      return value === null ? [] : [[of, value]];
    }),
  );
};
