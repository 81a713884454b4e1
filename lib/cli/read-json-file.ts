import { readFile } from 'node:fs/promises';
import { CliError, EXIT } from './cli-error';

/** Throws `CliError` with the usage exit code when it cannot be read. */
export const readTextFile = (file: string): Promise<string> =>
  readFile(file, 'utf8').catch(() => {
    throw new CliError(EXIT.usage, `Cannot read ${file}.`, { code: 'usage' });
  });

/** Throws `CliError` with the usage exit code when it cannot be read or is not JSON. */
export const readJsonFile = async (file: string): Promise<unknown> => {
  const text = await readTextFile(file);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new CliError(EXIT.usage, `${file} is not JSON: ${String(error)}`, { code: 'usage' });
  }
};
