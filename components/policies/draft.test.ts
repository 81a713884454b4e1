import { describe, expect, it } from 'vitest';
import type { PolicyView } from '@/lib/domain/contract';
import { type PolicyInput, policySchema } from '@/lib/domain/policy/schema';
import { draftOf, newDraft, type PolicyDraft, toInput } from './draft';

const parse = (draft: PolicyDraft): PolicyInput => policySchema.parse(toInput(draft));
const viewOf = (input: PolicyInput): PolicyView => ({
  ...input,
  id: 'p',
  cluster: { id: 'c', name: input.cluster },
  revision: 1,
  description: '',
  warnings: [],
  nextRuns: [],
  lastEvaluation: null,
  createdAt: '',
  createdBy: '',
  updatedAt: '',
  updatedBy: '',
});

const named = { ...newDraft('shop', 'Europe/Paris'), name: 'peak' };
const entry = named.entries[0];
const DRAFTS: readonly PolicyDraft[] = [
  named,
  { ...named, metric: 'latencyP99Ms', down: { ...named.down, on: false } },
  { ...named, kind: 'target', quiet: true, vmsMax: 6, persons: 2, costPerMonthMax: 99.5, automaticUpTo: 10 },
  { ...named, kind: 'calendar' },
  {
    ...named,
    kind: 'calendar',
    entries: [
      ...(entry === undefined ? [] : [{ ...entry, name: 'peak months', when: 'months' as const, months: [5, 12] }]),
      ...(entry === undefined
        ? []
        : [{ ...entry, name: 'sales', when: 'dates' as const, fromDate: '2026-11-27', toDate: '2026-11-30' }]),
    ],
  },
  { ...named, kind: 'predictive' },
  { ...named, kind: 'rightsizing' },
  { ...named, kind: 'query', promql: 'sum(rate(http_requests_total[1m]))' },
];

describe('the editor of policies', () => {
  it('begins with something that can be saved once it has a name', () => {
    const { issues = [] } = policySchema.safeParse(toInput(newDraft('shop', 'UTC'))).error ?? {};
    expect(new Set(issues.map((issue) => issue.path.join('.')))).toEqual(new Set(['name']));
    expect(parse(named).rule).toMatchObject({ up: { above: 0.75 }, down: { below: 0.25, forMs: 300_000 } });
  });

  it.each(DRAFTS)('gives $kind back as it was saved', (draft) => {
    const input = parse(draft);
    expect(parse(draftOf(viewOf(input)))).toEqual(input);
  });
});
