import { setTimeout as delay } from 'node:timers/promises';
import type { Command } from 'commander';
import type { HurtLabInput, LabFaultView } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import { type ApiClient, listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';

const POLL_MS = 250;
const DONE_MS_MAX = 90_000;

const text = ({ kind, target, direction, state, detail }: LabFaultView): string =>
  `${kind} ${target}${direction === null || direction === 'both' ? '' : ` (${direction})`}: ${state}${detail === null ? '' : `. ${detail}`}`;

/** The orchestrator does it; asks until it has, or has given up. */
const follow = async (client: ApiClient, id: string): Promise<LabFaultView> => {
  const deadline = Date.now() + DONE_MS_MAX;
  for (;;) {
    const fault = await client.request<LabFaultView>('GET', `/lab/faults/${encodeURIComponent(id)}`);
    if (fault.state !== 'requested' && fault.state !== 'restoring') return fault;
    if (Date.now() > deadline)
      throw new CliError(EXIT.failed, `${text(fault)} still. Does the orchestrator run?`, { code: 'unavailable' });
    await delay(POLL_MS);
  }
};

export const hurt = async (
  kind: HurtLabInput['kind'],
  target: string,
  options: { readonly direction?: string; readonly reason?: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const body = { kind, target, direction: options.direction, reason: options.reason };
  const { id } = await client.request<LabFaultView>('POST', '/lab/faults', { body });
  const fault = await follow(client, id);
  await print(output, fault, () => printLine(text(fault)));
  if (fault.state === 'failed') throw new CliError(EXIT.failed, text(fault), { code: 'failed' });
};

export const restore = async (id: string | undefined, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const open = id === undefined ? await listAll<LabFaultView>(client, '/lab/faults', { open: 'true' }) : [];
  const ids = id === undefined ? open.filter(({ state }) => state === 'active').map((fault) => fault.id) : [id];
  const restored: LabFaultView[] = [];
  for (const one of ids) {
    await client.request<LabFaultView>('POST', `/lab/faults/${encodeURIComponent(one)}/restore`);
    restored.push(await follow(client, one));
  }
  await print(output, restored, () => {
    if (restored.length === 0) printLine('Nothing is to be made good.');
    for (const fault of restored) printLine(text(fault));
  });
  const left = restored.find(({ state }) => state !== 'ended');
  if (left !== undefined) throw new CliError(EXIT.failed, text(left), { code: 'failed' });
};

export const list = async (options: { readonly all?: boolean }, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const query = { open: options.all === true ? undefined : 'true' };
  const faults = await listAll<LabFaultView>(client, '/lab/faults', query);
  await print(output, faults, () =>
    printTable(
      ['ID', 'KIND', 'TARGET', 'DIRECTION', 'STATE', 'BY', 'SINCE', 'DETAIL'],
      faults.map((f) => [
        f.id,
        f.kind,
        f.target,
        f.direction ?? '',
        f.state,
        f.requestedBy,
        f.appliedAt ?? f.requestedAt,
        f.detail ?? '',
      ]),
    ),
  );
};
