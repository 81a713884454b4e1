import { type GuestFile, packTar } from './tar';

/** A word for the shell, whatever is in it. */
export const quote = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

/** Shell lines that put these files in place, all of them before the next line runs. */
export const unpackLines = (files: readonly GuestFile[]): string =>
  `base64 -d <<'END' | tar -xpf - -C /\n${packTar(files).toString('base64')}\nEND\n`;
