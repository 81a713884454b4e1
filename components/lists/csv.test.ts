import { describe, expect, it } from 'vitest';
import { toCsv } from './csv';

describe('CSV of a list', () => {
  it('quotes what has to be, and ends every line', () => {
    expect(
      toCsv([
        ['VM', 'Note'],
        ['shop-1', 'said "now", then\nwent'],
      ]),
    ).toBe('VM,Note\r\nshop-1,"said ""now"", then\nwent"\r\n');
  });

  it('gives a spreadsheet no formula to run, and leaves numbers numbers', () => {
    expect(toCsv([['=HYPERLINK("x")'], [-3], ['-3.50'], ['-3+1'], ['+1']])).toBe(
      '"\'=HYPERLINK(""x"")"\r\n-3\r\n-3.50\r\n\'-3+1\r\n\'+1\r\n',
    );
  });
});
