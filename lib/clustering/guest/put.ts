import { quote } from './shell';

export interface GuestFile {
  /** Absolute. */
  readonly path: string;
  readonly content: string;
  /** Octal, such as `0644`. */
  readonly mode: string;
}

/**
 * Lines of a script that writes files, with the word `put` of the scripts' preamble. They are written in place: keepalived
 * takes a watched file that is replaced for one that is gone.
 */
export const renderPuts = (files: readonly GuestFile[]): string =>
  files.map(({ path, content, mode }) => `put ${quote(path)} ${mode} ${quote(content)}\n`).join('');
