import type { Command } from 'commander';
import { z } from 'zod';
import { parseInput } from '@/lib/api/parse';
import type { BacktestView, PolicyView } from '@/lib/domain/contract';
import { backtest as replay, smallestSize } from '@/lib/domain/policy/backtest/backtest';
import { parseTrace, type Trace } from '@/lib/domain/policy/backtest/trace';
import { toBacktestView } from '@/lib/domain/policy/backtest/view';
import { describeRule } from '@/lib/domain/policy/explain';
import { type PolicyRules, policySchema } from '@/lib/domain/policy/schema';
import { describeSize, describeSizeChange } from '@/lib/domain/policy/size';
import { warningsOf } from '@/lib/domain/policy/warnings';
import { CliError, EXIT } from '../cli-error';
import { commandContext, outputOf } from '../context';
import { note, print, printLine, printTable } from '../output';
import { readJsonFile, readTextFile } from '../read-json-file';

/** A policy as POST /policies takes it; a replay needs the rule, and the bounds where they differ from the defaults. */
const policyFileSchema = z.strictObject({
  ...policySchema.shape,
  name: policySchema.shape.name.optional(),
  cluster: policySchema.shape.cluster.optional(),
});

const price = z.number().min(0);
/** `SizePrices` as a file: what is left out costs nothing. */
const pricesFileSchema = z.strictObject({
  currency: z.string().regex(/^[A-Z]{3}$/, 'Three letters (ISO 4217), such as EUR.'),
  vcpuHour: price,
  memoryGiBHour: price,
  nodeHour: price.default(0),
  spares: z.number().min(0).default(0),
  restHour: price.default(0),
});

export interface BacktestOptions {
  readonly file?: string;
  readonly policy?: string;
  readonly from?: string;
  readonly to?: string;
  readonly against?: string;
  readonly nodes?: number;
  readonly vcpus?: number;
  readonly memory?: number;
  readonly capacity?: number;
  readonly changeMs?: number;
  readonly prices?: string;
  readonly series?: boolean;
}

interface Replayed {
  readonly file: string;
  readonly rules: PolicyRules;
  readonly view: BacktestView;
}

const run = async (file: string, trace: Trace, options: BacktestOptions): Promise<Replayed> => {
  const rules = parseInput(policyFileSchema, await readJsonFile(file));
  const smallest = smallestSize(rules);
  const start = {
    nodes: options.nodes ?? smallest.nodes,
    vcpus: options.vcpus ?? smallest.vcpus,
    memoryMiB: options.memory ?? smallest.memoryMiB,
  };
  const { capacity, changeMs } = options;
  const prices = options.prices === undefined ? null : parseInput(pricesFileSchema, await readJsonFile(options.prices));
  const view = toBacktestView(replay(rules, trace, { start, capacityPerNode: capacity, changeMs, prices }));
  return { file, rules, view };
};

const toJson = ({ rules, view }: Replayed, options: BacktestOptions): object => {
  const { series, ...rest } = view;
  return {
    rule: describeRule(rules.rule),
    warnings: warningsOf(rules),
    ...rest,
    ...(options.series ? { series } : {}),
  };
};

const rounded = (value: number | null): string => (value === null ? '–' : value.toFixed(1));

const show = async (replayed: readonly Replayed[]): Promise<void> => {
  const [first] = replayed;
  if (first === undefined) return;
  const { points, from, to } = first.view;
  printLine(`${points} points, ${from} to ${to}`);
  for (const { file, rules, view } of replayed) {
    printLine(`\n${file}: ${describeRule(rules.rule)}`);
    printLine(`From ${describeSize(view.start)}`);
    for (const warning of warningsOf(rules)) note(`warning: ${warning}`);
    if (view.actions.length > 0) {
      await printTable(
        ['TIME', 'CHANGE', 'WHY'],
        view.actions.map(({ at, from: before, to: after, reason }) => [at, describeSizeChange(before, after), reason]),
      );
    }
  }
  printLine();
  const row = (name: string, of: (view: BacktestView) => string): string[] => [
    name,
    ...replayed.map((r) => of(r.view)),
  ];
  await printTable(
    ['', ...replayed.map(({ file }) => file)],
    [
      row('actions', (v) => String(v.actions.length)),
      row('reversals', (v) => String(v.reversals)),
      row('minutes too small', (v) => rounded(v.summary.minutesUnder)),
      row('minutes too large', (v) => rounded(v.summary.minutesOver)),
      row('minutes without data', (v) => rounded(v.summary.minutesWithoutData)),
      row('unit', (v) => v.summary.unit ?? '–'),
      row('provisioned unit hours', (v) => rounded(v.summary.provisionedUnitHours)),
      row('needed unit hours', (v) => rounded(v.summary.neededUnitHours)),
      row('node hours', (v) => rounded(v.summary.nodeHours)),
      row('cost', (v) => (v.summary.cost === null ? '–' : `${v.summary.cost} ${v.summary.currency}`)),
    ],
  );
};

/** One policy, or two side by side, over a trace in a file. Needs no running Headroom. */
const replayFile = async (traceFile: string, policyFile: string, options: BacktestOptions, command: Command) => {
  const trace = parseTrace(await readTextFile(traceFile));
  const first = await run(policyFile, trace, options);
  const second = options.against === undefined ? null : await run(options.against, trace, options);
  const replayed = second === null ? [first] : [first, second];
  const json = second === null ? toJson(first, options) : replayed.map((one) => toJson(one, options));
  await print(outputOf(command), json, () => show(replayed));
};

const replayStored = async (name: string, options: BacktestOptions, command: Command) => {
  const { client, output } = await commandContext(command);
  const path = `/policies/${encodeURIComponent(name)}`;
  const { rule, bounds } = await client.request<PolicyView>('GET', path);
  const { from, to, capacity, changeMs } = options;
  const body = { from, to, capacityPerNode: capacity, changeMs };
  const view = await client.request<BacktestView>('POST', `${path}/backtest`, { body });
  const replayed = { file: name, rules: { rule, bounds }, view };
  await print(output, toJson(replayed, options), () => show([replayed]));
};

/** Replays a policy file over a trace file, or a stored policy over stored metrics. */
export const backtest = async (name: string | undefined, options: BacktestOptions, command: Command): Promise<void> => {
  const { file, policy } = options;
  if (file !== undefined && policy !== undefined) return replayFile(file, policy, options, command);
  if (name !== undefined && file === undefined && policy === undefined) return replayStored(name, options, command);
  throw new CliError(EXIT.usage, 'Give --file and --policy, or the name of a stored policy.', { code: 'usage' });
};
