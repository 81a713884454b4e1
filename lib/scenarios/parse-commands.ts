/** One line of a `commands` file: `change shop nodes=3 reason="more visitors"`. */
export interface Command {
  /** As it stands in the file. */
  readonly text: string;
  readonly verb: string;
  readonly words: readonly string[];
  readonly options: Readonly<Record<string, string>>;
}

const TOKEN = /(?:[^\s"]|"[^"]*")+/g;
const OPTION = /^([a-zA-Z][\w-]*)=(.*)$/s;

const unquoted = (text: string): string => text.replaceAll('"', '');

/** Commands in order; empty lines and those that begin with `#` are left out. */
export const parseCommands = (file: string): readonly Command[] =>
  file.split('\n').flatMap((line) => {
    const text = line.trim();
    return text === '' || text.startsWith('#') ? [] : [parseCommand(text)];
  });

const parseCommand = (text: string): Command => {
  const words: string[] = [];
  const options: Record<string, string> = {};
  for (const token of text.match(TOKEN) ?? []) {
    const [, name, value] = token.match(OPTION) ?? [];
    if (name !== undefined && value !== undefined) options[name] = unquoted(value);
    else words.push(unquoted(token));
  }
  const [verb = '', ...rest] = words;
  return { text, verb, words: rest, options };
};

const UNITS_MS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** `90s`, `5m`, `2h`, `1d`, `200ms`. Throws on anything else. */
export const parseDurationMs = (text: string): number => {
  const [, count, unit] = text.match(/^(\d+)(ms|s|m|h|d)$/) ?? [];
  if (count === undefined || unit === undefined) throw new Error(`${JSON.stringify(text)} is no duration such as 90s`);
  return Number(count) * UNITS_MS[unit as keyof typeof UNITS_MS];
};
