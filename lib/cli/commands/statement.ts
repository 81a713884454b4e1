import type { Command } from 'commander';
import type { ScheduleView, StatementSummary, StatementView } from '@/lib/domain/contract';
import { connect, listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';
import { printStream } from '../print-stream';

const pathOf = (id: string): string => `/statements/${encodeURIComponent(id)}`;

export const list = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const items = await listAll<StatementSummary>(client, '/statements');
  await print(output, items, () =>
    printTable(
      ['ID', 'MONTH', 'COST CENTRE', 'STATE', 'NET', 'TAX', 'TOTAL', '', 'CLOSED', 'SENT'],
      items.map((s) => [s.id, s.month, s.costCentre, s.state, s.net, s.tax, s.total, s.currency, s.closedAt, s.sentAt]),
    ),
  );
};

export const show = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const statement = await client.request<StatementView>('GET', pathOf(id));
  await print(output, statement, async () => {
    printLine(`${statement.month}, cost centre ${statement.costCentre}: ${statement.state}`);
    printLine();
    await printTable(
      ['#', 'MONTH', 'CLUSTER', 'AS', 'METER', 'RATE', 'QUANTITY', 'UNIT', 'PRICE', 'AMOUNT', 'TAX'],
      statement.lines.map((l) => [
        l.n,
        l.correction ? `${l.usageMonth} (correction)` : l.usageMonth,
        l.cluster.name,
        l.tier,
        l.meter,
        l.rateVersion,
        l.quantity,
        l.unit,
        l.unitPrice,
        l.amount,
        l.tax,
      ]),
    );
    printLine(`\nNet ${statement.net}, tax ${statement.tax}, total ${statement.total} ${statement.currency}`);
  });
};

export const csv = async (id: string): Promise<void> => printStream(await connect(), `${pathOf(id)}/csv`);

export const pdf = async (id: string): Promise<void> => printStream(await connect(), `${pathOf(id)}/pdf`);

export const close = async (month: string, options: { readonly reason?: string }, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const answer = await client.request<{ month: string; statements: string[] }>('POST', '/statements', {
    body: { month, reason: options.reason },
  });
  await print(output, answer, () =>
    printLine(`${answer.month} is closed: ${answer.statements.join(', ') || 'nothing was used'}`),
  );
};

export const send = async (id: string, recipients: readonly string[], command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const statement = await client.request<StatementView>('POST', `${pathOf(id)}/sendings`, { body: { recipients } });
  await print(output, statement, () => printLine(`${statement.id} is on its way to ${recipients.join(', ')}`));
};

export const schedules = async (command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const items = await listAll<ScheduleView>(client, '/statement-schedules');
  await print(output, items, () =>
    printTable(
      ['COST CENTRE', 'DAY', 'TO', 'BY'],
      items.map((s) => [s.costCentre ?? 'all others', s.dayOfMonth, s.recipients.join(', '), s.createdBy]),
    ),
  );
};

export interface ScheduleOptions {
  readonly to: readonly string[];
  readonly day: number;
  readonly costCentre?: string;
}

export const schedule = async (options: ScheduleOptions, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { to: recipients, day: dayOfMonth, costCentre = null } = options;
  const answer = await client.request<ScheduleView>('POST', '/statement-schedules', {
    body: { recipients, dayOfMonth, costCentre },
  });
  await print(output, answer, () =>
    printLine(`Statements of ${answer.costCentre ?? 'all others'} go to ${answer.recipients.join(', ')}`),
  );
};

export const unschedule = async (costCentre: string | undefined, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const id = costCentre ?? '*';
  const answer = await client.request<{ id: string }>('DELETE', `/statement-schedules/${encodeURIComponent(id)}`);
  await print(output, answer, () => printLine('Sent no longer'));
};
