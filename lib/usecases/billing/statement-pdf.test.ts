import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { StatementView } from '@/lib/domain/contract';
import { renderStatementPdf } from './statement-pdf';

const LINES = 120;

const statement = (lines: number): StatementView => ({
  id: '2026-11.default',
  month: '2026-11',
  costCentre: 'default',
  state: 'closed',
  currency: 'EUR',
  net: '1234.50',
  tax: '246.90',
  total: '1481.40',
  closedAt: '2026-12-02T00:00:00.000Z',
  closedBy: 'fin@example.org',
  sentAt: null,
  hash: 'abc123',
  sendings: [],
  mails: [],
  lines: Array.from({ length: lines }, (_, i) => ({
    n: i + 1,
    usageMonth: i === 1 ? '2026-10' : '2026-11',
    correction: i === 1,
    cluster: { id: `c${i}`, name: `cluster-${i}` },
    tier: 'service' as const,
    meter: 'vcpu' as const,
    rateVersion: 3,
    unit: 'vCPU-Hours',
    consumed: '1440',
    quantity: '1440',
    unitPrice: '0.0123',
    amount: '17.71',
    taxPercent: '20',
    tax: '3.54',
  })),
});

/** The text of each page, by the operators that show text (PDF 32000-1, 9.4.3): hexadecimal strings of WinAnsi. */
const pagesOf = (pdf: Buffer): readonly string[] => {
  const pages: string[] = [];
  for (let at = pdf.indexOf('stream\n'); at >= 0; at = pdf.indexOf('stream\n', at + 1)) {
    if (pdf.subarray(at - 3, at).toString() === 'end') continue;
    const content = inflateSync(pdf.subarray(at + 7, pdf.indexOf('\nendstream', at))).toString('latin1');
    const texts = [...content.matchAll(/\[([^\]]*)\] TJ/g)].map(([, parts = '']) =>
      [...parts.matchAll(/<([0-9a-f]*)>/g)].map(([, hex = '']) => Buffer.from(hex, 'hex').toString('latin1')).join(''),
    );
    if (texts.length > 0) pages.push(texts.join('\n'));
  }
  return pages;
};

describe('a statement as PDF', () => {
  it('has the totals, every line once and the number of each page', async () => {
    const pdf = await renderStatementPdf(statement(LINES));
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
    const pages = pagesOf(pdf);
    expect(pages.length).toBeGreaterThan(1);
    const [first = ''] = pages;
    for (const text of ['Statement 2026-11', 'default', '1481.40 EUR', '246.90 EUR', 'fin@example.org'])
      expect(first).toContain(text);
    const all = pages.join('\n').split('\n');
    for (let i = 0; i < LINES; i += 1) expect(all.filter((text) => text === `cluster-${i}`)).toHaveLength(1);
    expect(all).toContain('vcpu, service *');
    expect(all).toContain('* correction of an earlier month');
    for (const [i, page] of pages.entries()) {
      expect(page).toContain(`Page ${i + 1} of ${pages.length}`);
      expect(page).toContain('hash abc123');
    }
  });

  it('is the same bytes each time', async () => {
    expect(await renderStatementPdf(statement(3))).toEqual(await renderStatementPdf(statement(3)));
  });
});
