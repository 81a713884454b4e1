import type { FieldProblem } from '@/lib/domain/errors';
import { nextRuns } from '@/lib/domain/policy/calendar';
import { describeRule } from '@/lib/domain/policy/explain';
import { type PolicyInput, policySchema } from '@/lib/domain/policy/schema';
import { warningsOf } from '@/lib/domain/policy/warnings';
import { type PolicyDraft, toInput } from './draft';

/** A draft as it would be sent, and what keeps it from that. */
export interface CheckedDraft {
  /** Null while there are problems. */
  readonly input: PolicyInput | null;
  readonly fields: readonly FieldProblem[];
}

export const checkDraft = (draft: PolicyDraft): CheckedDraft => {
  const parsed = policySchema.safeParse(toInput(draft));
  if (parsed.success) return { input: parsed.data, fields: [] };
  const fields = parsed.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message }));
  return { input: null, fields };
};

/** What a policy says. */
export interface PolicyReading {
  readonly description: string;
  readonly warnings: readonly string[];
  /** Of a calendar, times ISO 8601. */
  readonly runs: readonly { readonly name: string; readonly start: string; readonly end: string }[];
}

export const readPolicy = (input: PolicyInput, nowMs: number): PolicyReading => {
  const { rule } = input;
  const runs = rule.kind === 'calendar' ? nextRuns(rule, nowMs) : [];
  return {
    description: describeRule(rule),
    warnings: warningsOf(input),
    runs: runs.map(({ name, startMs, endMs }) => ({
      name,
      start: new Date(startMs).toISOString(),
      end: new Date(endMs).toISOString(),
    })),
  };
};
