import { z } from 'zod';
import type { QueryRule } from '@/lib/domain/policy/schema';

const DEADLINE_MS = 5_000;
/** Prometheus itself answers at most 11,000 points. */
const POINTS = 200;
const STEP_MS_MIN = 5_000;

const answerSchema = z.object({
  status: z.literal('success'),
  data: z.object({
    resultType: z.literal('matrix'),
    result: z.array(z.object({ values: z.array(z.tuple([z.number(), z.string()])) })),
  }),
});

export interface QueryPoint {
  readonly atMs: number;
  readonly value: number;
}

/**
 * The values of a PromQL expression from `fromMs` to `toMs`, by the HTTP API's `query_range`. Without a series there are
 * none. Throws when the server does not answer, refuses the expression, or gives more than one series.
 */
export const queryRange = async (
  { server, promql }: Pick<QueryRule, 'server' | 'promql'>,
  fromMs: number,
  toMs: number,
  signal: AbortSignal,
): Promise<readonly QueryPoint[]> => {
  const stepMs = Math.max(STEP_MS_MIN, Math.ceil((toMs - fromMs) / POINTS));
  const search = new URLSearchParams({
    query: promql,
    start: String(fromMs / 1000),
    end: String(toMs / 1000),
    step: String(stepMs / 1000),
  });
  const response = await fetch(`${server.replace(/\/+$/, '')}/api/v1/query_range?${search}`, {
    signal: AbortSignal.any([signal, AbortSignal.timeout(DEADLINE_MS)]),
  });
  if (!response.ok) throw new Error(`Prometheus answered ${response.status}`);
  const { result } = answerSchema.parse(await response.json()).data;
  if (result.length > 1) throw new Error(`the query gives ${result.length} series: one is wanted`);
  const points = result[0]?.values.map(([seconds, value]) => ({ atMs: seconds * 1000, value: Number(value) })) ?? [];
  return points.filter((point) => Number.isFinite(point.value));
};
