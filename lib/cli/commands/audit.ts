import type { Command } from 'commander';
import type { AuditVerifyView, AuditView, Page, RetentionView } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import { connect } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';
import { printStream } from '../print-stream';

export const list = async (
  options: { readonly subject?: string; readonly limit: number },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const page = await client.request<Page<AuditView>>('GET', '/audit', {
    query: { limit: options.limit, subject: options.subject },
  });
  await print(output, page.items, () =>
    printTable(
      ['SEQ', 'TIME', 'ACTOR', 'ACTION', 'SUBJECT', 'REASON'],
      page.items.map((e) => [e.seq, e.at, e.actor, e.action, e.subject, e.reason]),
    ),
  );
};

export interface AuditExportOptions {
  readonly from?: string;
  readonly to?: string;
  readonly format: string;
}

export const exportTrail = async ({ from, to, format }: AuditExportOptions): Promise<void> => {
  const query = new URLSearchParams({
    format,
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
  });
  await printStream(await connect(), `/audit/export?${query}`);
};

export const retention = async (
  months: string | undefined,
  { reason }: { readonly reason?: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const view =
    months === undefined
      ? await client.request<RetentionView>('GET', '/audit/retention')
      : await client.request<RetentionView>('POST', '/audit/retention', {
          body: { months: months === 'forever' ? null : Number(months), reason: reason ?? '' },
        });
  await print(output, view, () => {
    const kept = view.months === null ? 'for good' : `for ${view.months} months`;
    const begin = view.beginsAfter === '0' ? 'none was removed' : `removed up to entry ${view.beginsAfter}`;
    printLine(`Entries are kept ${kept}; ${begin}.`);
  });
};

export const verify = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const result = await client.request<AuditVerifyView>('GET', '/audit/verify');
  await print(output, result, () =>
    printTable(
      ['CHAIN', 'ENTRIES', '', ''],
      (result.chains ?? []).map((chain) => [chain.name, chain.entries, chain.ok ? 'whole' : 'BROKEN', chain.message]),
    ),
  );
  if (!result.ok)
    throw new CliError(EXIT.failed, `What was written was changed. ${result.message}`, { code: 'audit_broken' });
};
