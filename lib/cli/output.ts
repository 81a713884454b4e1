import type { CliError } from './cli-error';

export interface OutputOptions {
  readonly json?: boolean;
}

/** Machine output: one JSON value on standard output and nothing else. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};

export const printLine = (text = ''): void => {
  process.stdout.write(`${text}\n`);
};

/** What is said while waiting: on standard error, so that standard output stays the result. */
export const note = (text: string): void => {
  process.stderr.write(`${text}\n`);
};

const BORDERLESS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '  ',
};

/** Columns as wide as their content, without borders: it can be cut and grepped. */
export const printTable = async (
  head: readonly string[],
  rows: readonly (readonly (string | number | null)[])[],
): Promise<void> => {
  const { default: Table } = await import('cli-table3');
  const table = new Table({
    head: [...head],
    chars: BORDERLESS,
    style: { head: process.stdout.isTTY ? ['bold'] : [], border: [], 'padding-left': 0, 'padding-right': 0 },
  });
  for (const row of rows) table.push(row.map((cell) => cell ?? '–'));
  const text = table.toString();
  printLine(process.stdout.isTTY ? text : text.replaceAll(/ +$/gm, ''));
};

/** Prints a value as JSON, or by the function that shows it to a person. */
export const print = async (
  options: OutputOptions,
  value: unknown,
  show: () => void | Promise<void>,
): Promise<void> => {
  if (options.json === true) printJson(value);
  else await show();
};

/** With `--json` the API's own error body goes to standard output; the message goes to standard error either way. */
export const printError = (error: CliError, options: OutputOptions): void => {
  if (options.json === true) {
    printJson({
      error: {
        code: error.code,
        message: error.message,
        ...(error.details === undefined ? {} : { details: error.details }),
      },
    });
  }
  process.stderr.write(`headroom: ${error.message}\n`);
  for (const { field, message } of error.fields)
    process.stderr.write(`  ${field === '' ? 'input' : field}: ${message}\n`);
};
