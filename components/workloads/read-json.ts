export type ReadJson =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string };

/** "line 3, column 5" of a place in a text; both count from 1. */
const placeOf = (text: string, offset: number): string => {
  const before = text.slice(0, offset).split('\n');
  return `line ${before.length}, column ${(before.at(-1) ?? '').length + 1}`;
};

/** What engines add to say where; it is said here in lines, which editors count. */
const WHERE = /\s*(?:in JSON )?at position (\d+)(?: \(line \d+ column \d+\))?/;

/** Reads JSON that a person typed; a refusal says where it went wrong, as far as the engine tells. */
export const readJson = (text: string): ReadJson => {
  if (text.trim() === '') return { ok: false, message: 'There is nothing here yet.' };
  try {
    return { ok: true, value: JSON.parse(text) };
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const position = WHERE.exec(reason)?.[1];
    const said = reason.replace(WHERE, '');
    return {
      ok: false,
      message:
        position === undefined
          ? `This is not JSON: ${said}.`
          : `This is not JSON, at ${placeOf(text, Number(position))}: ${said}.`,
    };
  }
};
