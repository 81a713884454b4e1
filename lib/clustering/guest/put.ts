import { quote } from './shell';

export interface GuestFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
  /** Octal, such as `0644`. */
  readonly mode: string;
}

/**
 * The function `write_files` of a script, by the word `put` of the scripts' preamble. Files are written in place: keepalived
 * takes a watched file that is replaced for one that is gone.
 */
export const renderWriteFiles = (files: readonly GuestFile[]): string => {
  const puts = files.map(({ path, content, mode }) => `put ${quote(path)} ${mode} ${quote(content)}\n`).join('');
  return `write_files() {\n${puts}}\n`;
};
