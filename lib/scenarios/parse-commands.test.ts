import { describe, expect, it } from 'vitest';
import { parseCommands, parseDurationMs } from './parse-commands';

describe('a file of commands', () => {
  it('has one act a line, with words, options and quoted text', () => {
    const file =
      '# first\n\ncreate shop\n  change shop nodes=3 pairing=a>new-1 reason="more visitors"\nrestore "a b"\n';
    expect(parseCommands(file)).toMatchObject([
      { verb: 'create', words: ['shop'], options: {} },
      {
        text: 'change shop nodes=3 pairing=a>new-1 reason="more visitors"',
        verb: 'change',
        words: ['shop'],
        options: { nodes: '3', pairing: 'a>new-1', reason: 'more visitors' },
      },
      { verb: 'restore', words: ['a b'] },
    ]);
  });

  it('tells durations by their unit, and refuses what has none', () => {
    expect(['200ms', '90s', '5m', '2h', '1d'].map(parseDurationMs)).toEqual([
      200, 90_000, 300_000, 7_200_000, 86_400_000,
    ]);
    for (const text of ['', '5', 's', '5 s', '-5s']) expect(() => parseDurationMs(text)).toThrow('is no duration');
  });
});
