import type { Command } from 'commander';
import { CliError, EXIT } from './cli-error';
import { type ApiClient, connect } from './client';
import type { OutputOptions } from './output';

/** What every command is given: the connection and how to print. `--json` may stand before or after the command. */
export interface CommandContext {
  readonly client: ApiClient;
  readonly output: OutputOptions;
}

export const outputOf = (command: Command): OutputOptions => command.optsWithGlobals<OutputOptions>();

export const commandContext = async (command: Command): Promise<CommandContext> => ({
  client: await connect(),
  output: outputOf(command),
});

/** Throws `CliError` with the usage exit code unless the text is a whole number. */
export const wholeNumber =
  (name: string) =>
  (text: string): number => {
    if (/^\d{1,9}$/.test(text)) return Number(text);
    throw new CliError(EXIT.usage, `${name} takes a whole number, not ${JSON.stringify(text)}.`, { code: 'usage' });
  };

/** Throws `CliError` with the usage exit code unless the text is a number above nothing. */
export const positiveNumber =
  (name: string) =>
  (text: string): number => {
    const value = Number(text);
    if (text.trim() !== '' && Number.isFinite(value) && value > 0) return value;
    throw new CliError(EXIT.usage, `${name} takes a number above 0, not ${JSON.stringify(text)}.`, { code: 'usage' });
  };

/** Collects an option that may be given more than once. */
export const collect = (value: string, earlier: readonly string[] | undefined): readonly string[] => [
  ...(earlier ?? []),
  value,
];
