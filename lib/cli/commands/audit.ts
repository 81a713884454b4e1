import type { Command } from 'commander';
import type { AuditVerifyView, AuditView, Page } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import { commandContext } from '../context';
import { print, printTable } from '../output';

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
