import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { extendTailwindMerge } from 'tailwind-merge';
import { describe, expect, it } from 'vitest';
import { mergeClasses } from './merge-classes';

const whole = extendTailwindMerge({ extend: { theme: { text: ['2xs'] } } });

const sources = (): readonly string[] =>
  ['app', 'components'].flatMap((folder) =>
    readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && entry.name.endsWith('.tsx'))
      .map((entry) => join(entry.parentPath, entry.name)),
  );

/** Every class that stands in a string of the console's code and that Tailwind knows. */
const classes = (): readonly string[] => {
  const found = new Set<string>();
  for (const path of sources()) {
    for (const [, , text = ''] of readFileSync(path, 'utf8').matchAll(/(['"`])((?:(?!\1)[^\n])*)\1/g)) {
      for (const word of text.split(/\s+/)) if (/^[-!a-z[*&@][^'"`<>{};]*$/.test(word)) found.add(word);
    }
  }
  // What it knows it does not keep twice.
  return [...found].filter((word) => whole(`${word} other ${word}`) === `other ${word}`);
};

describe('merging of classes', () => {
  it('keeps of any two of the console what all of Tailwind would keep', () => {
    const all = classes();
    expect(all.length).toBeGreaterThan(400);
    const others: string[] = [];
    for (const first of all) {
      for (const second of all) {
        const pair = `${first} ${second}`;
        if (mergeClasses(pair) !== whole(pair)) others.push(pair);
      }
    }
    expect(others).toEqual([]);
  });
});
