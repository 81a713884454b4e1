import type { Command } from 'commander';
import type { CalendarView, EvaluationView, Page, PolicyCostView, PolicyView } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import { listAll } from '../client';
import { commandContext } from '../context';
import { note, print, printLine, printTable } from '../output';
import { readJsonFile } from '../read-json-file';

const pathOf = (name: string): string => `/policies/${encodeURIComponent(name)}`;

const showPolicy = async (policy: PolicyView): Promise<void> => {
  const { name, cluster, mode, enabled, revision, description, updatedBy, updatedAt } = policy;
  printLine(`${name} of ${cluster.name}: ${mode}${enabled ? '' : ', switched off'}, revision ${revision}`);
  printLine(description);
  printLine(`Written by ${updatedBy} at ${updatedAt}`);
  for (const warning of policy.warnings) note(`warning: ${warning}`);
  if (policy.lastEvaluation !== null) printLine(`${policy.lastEvaluation.at} ${policy.lastEvaluation.reason}`);
  if (policy.nextRuns.length === 0) return;
  printLine();
  await printTable(
    ['START', 'END', 'ENTRY', 'PRIORITY'],
    policy.nextRuns.map((run) => [run.start, run.end, run.name, run.priority]),
  );
};

export const list = async (options: { readonly cluster?: string }, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const policies = await listAll<PolicyView>(client, '/policies', { cluster: options.cluster });
  await print(output, policies, () =>
    printTable(
      ['NAME', 'CLUSTER', 'MODE', 'ON', 'RULE', 'LAST'],
      policies.map((p) => [
        p.name,
        p.cluster.name,
        p.mode,
        p.enabled ? 'yes' : 'no',
        p.description,
        p.lastEvaluation?.reason ?? null,
      ]),
    ),
  );
};

export const show = async (name: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const policy = await client.request<PolicyView>('GET', pathOf(name));
  await print(output, policy, () => showPolicy(policy));
};

export interface CalendarOptions {
  readonly year?: number;
  readonly cluster?: string;
}

/** One line per stretch of a day. */
export const calendar = async ({ year, cluster }: CalendarOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view = await client.request<CalendarView>('GET', '/calendar', { query: { year, cluster } });
  const rows = view.policies.flatMap(({ policy, cluster: of, entries, days }) =>
    days.flatMap(({ date, parts }) =>
      parts.map(({ entry, start, end }) => [date, of.name, policy.name, entries[entry]?.name ?? '', start, end]),
    ),
  );
  await print(output, view, () => printTable(['DAY', 'CLUSTER', 'POLICY', 'ENTRY', 'FROM', 'TO'], rows));
};

/** The file holds a policy as POST /policies takes it. */
export const create = async (file: string, command: Command): Promise<void> => {
  const body = await readJsonFile(file);
  const { client, output } = await commandContext(command);
  const policy = await client.request<PolicyView>('POST', '/policies', { body });
  await print(output, policy, () => showPolicy(policy));
};

/** The file holds what is to be changed, as PATCH /policies takes it. */
export const update = async (name: string, file: string, command: Command): Promise<void> => {
  const body = await readJsonFile(file);
  const { client, output } = await commandContext(command);
  const policy = await client.request<PolicyView>('PATCH', pathOf(name), { body });
  await print(output, policy, () => showPolicy(policy));
};

export interface SetOptions {
  readonly mode?: string;
  readonly on?: boolean;
  readonly off?: boolean;
}

export const set = async (name: string, { mode, on, off }: SetOptions, command: Command): Promise<void> => {
  if (mode === undefined && on === undefined && off === undefined) {
    throw new CliError(EXIT.usage, 'Give --mode, --on or --off.', { code: 'usage' });
  }
  const { client, output } = await commandContext(command);
  const enabled = on === true ? true : off === true ? false : undefined;
  const policy = await client.request<PolicyView>('PATCH', pathOf(name), { body: { mode, enabled } });
  await print(output, policy, () => showPolicy(policy));
};

export const remove = async (name: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const policy = await client.request<PolicyView>('DELETE', pathOf(name));
  await print(output, policy, () => printLine(`Policy ${policy.name} is gone.`));
};

export const evaluations = async (
  name: string,
  { acted, limit }: { readonly acted?: boolean; readonly limit: number },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const path = `${pathOf(name)}/evaluations`;
  const { items } = await client.request<Page<EvaluationView>>('GET', path, { query: { limit, acted } });
  await print(output, items, () =>
    printTable(
      ['TIME', 'OUTCOME', 'CODE', 'REASON'],
      items.map((e) => [e.at, e.outcome, e.code, e.reason]),
    ),
  );
};

export const cost = async (name: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view = await client.request<PolicyCostView>('GET', `${pathOf(name)}/cost`);
  await print(output, view, async () => {
    await printTable(
      ['MONTH', 'CHANGES', 'COST (SAVED: -)', 'OLD AND NEW TOGETHER', ''],
      view.months.map((m) => [m.month, m.changes, m.difference, m.overlap, view.currency]),
    );
    printLine(`\nNow ${view.perHourNow} ${view.currency} per hour`);
  });
};
