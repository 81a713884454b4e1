import { describe, expect, it } from 'vitest';
import { readJson } from './read-json';

describe('JSON that a person typed', () => {
  it('is given as a value', () => {
    expect(readJson('{"port": 8080}')).toEqual({ ok: true, value: { port: 8080 } });
  });

  it('is refused with line and column where the engine tells the place', () => {
    const read = readJson('{\n  "name": "a",\n  "port": 1,\n}');
    expect(read.ok ? '' : read.message).toContain('at line 4, column 1');
  });

  it('is asked for when there is none', () => {
    expect(readJson(' \n')).toEqual({ ok: false, message: 'There is nothing here yet.' });
  });
});
