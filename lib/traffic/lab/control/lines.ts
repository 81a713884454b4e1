import { LINE_BYTES_MAX } from './messages';

/** Cuts a stream of text into lines; throws when one grows beyond the limit. */
export class LineSplitter {
  #rest = '';

  push(text: string): readonly string[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > LINE_BYTES_MAX) throw new Error('a line is too long');
    return lines;
  }
}
