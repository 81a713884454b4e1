import type { Command } from 'commander';
import type { ConsoleView, VmLogView } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import type { ApiClient } from '../client';
import { commandContext } from '../context';
import { note, print, printLine } from '../output';
import { readEvents } from '../sse';

/** Ctrl-], as telnet and virsh have it: guests make use of Ctrl-C. */
const LEAVE = '\u001d';

export const log = async (vm: string, options: { readonly lines: number }, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const path = `/vms/${encodeURIComponent(vm)}/log`;
  const answer = await client.request<VmLogView>('GET', path, { query: { lines: options.lines } });
  await print(output, answer, () => printLine(answer.text));
};

/** Sends what is typed in its order. Returns what ends it. */
const typeFrom = (stdin: NodeJS.ReadStream, client: ApiClient, path: string, leave: () => void): (() => void) => {
  let sending = Promise.resolve();
  const onData = (chunk: Buffer): void => {
    const text = chunk.toString('utf8');
    if (text.includes(LEAVE)) {
      leave();
      return;
    }
    sending = sending
      .then(async () => {
        await client.request('POST', `${path}/input`, { body: { data: text } });
      })
      .catch((error: unknown) => note(error instanceof Error ? error.message : String(error)));
  };
  if (stdin.isTTY) stdin.setRawMode(true);
  stdin.on('data', onData);
  return () => {
    stdin.off('data', onData);
    if (stdin.isTTY) stdin.setRawMode(false);
    stdin.pause();
  };
};

const textOf = (data: string): { readonly text?: string; readonly reason?: string } => JSON.parse(data);

export const openConsole = async (
  vm: string,
  options: { readonly type?: boolean },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  if (output.json) throw new CliError(EXIT.usage, 'A console is for people: it has no --json.');
  const body = { type: options.type === true };
  const opened = await client.request<ConsoleView>('POST', `/vms/${encodeURIComponent(vm)}/consoles`, { body });
  const path = `/consoles/${encodeURIComponent(opened.id)}`;
  note(options.type === true ? 'Ctrl-] leaves the console.' : 'Ctrl-C leaves the console; --type lets you type.');
  const left = new AbortController();
  const leave = (): void => left.abort();
  process.once('SIGINT', leave);
  const stopTyping = options.type === true ? typeFrom(process.stdin, client, path, leave) : () => undefined;
  try {
    const response = await client.stream(`${path}/output`, { signal: left.signal });
    for await (const event of readEvents(response)) {
      const { text, reason } = textOf(event.data);
      if (text !== undefined) process.stdout.write(text);
      if (reason !== undefined) {
        note(`\n${reason}`);
        break;
      }
    }
  } catch (error) {
    if (!left.signal.aborted) throw error;
  } finally {
    stopTyping();
    process.off('SIGINT', leave);
    await client.request('DELETE', path);
  }
};
