import { afterEach, describe, expect, it, vi } from 'vitest';
import type { OperationView, ReceiptView } from '@/lib/domain/contract';
import { showOperation } from './show-operation';

afterEach(() => {
  vi.restoreAllMocks();
});

const shown = async (
  receipt: ReceiptView | null,
  kind: OperationView['kind'] = 'change',
): Promise<readonly string[]> => {
  let out = '';
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += String(text);
    return true;
  });
  const cluster = { id: 'c1', name: 'shop' };
  await showOperation({
    id: 'o1',
    kind,
    cluster,
    receipt,
    steps: [],
    summary: null,
    reason: '',
  } as unknown as OperationView);
  return out.split('\n');
};

const RECEIPT: ReceiptView = {
  requests: 51,
  failed: 0,
  longestGapMs: 60.4,
  failures: [],
  startedAt: '2026-11-29T12:00:00.000Z',
  endedAt: '2026-11-29T12:00:03.000Z',
};

const FAILURES: ReceiptView['failures'] = [
  { at: '2026-11-29T12:00:01.050Z', afterMs: 3, status: 503, error: 'HTTP 503', node: 'shop-2' },
  { at: '2026-11-29T12:00:01.100Z', afterMs: 12_000, status: null, error: 'no answer in time', node: null },
];

describe('an operation on the command line', () => {
  it('says what clients saw, and names nothing where nothing failed', async () => {
    const lines = await shown(RECEIPT);
    expect(lines).toContain('Clients saw: 51 requests, 0 failed, longest gap 60 ms');
    expect(lines.join()).not.toContain('FAILED');
  });

  it('lists the requests that failed, and how many more there were', async () => {
    const lines = await shown({ ...RECEIPT, failed: 9, failures: FAILURES });
    const first = lines.indexOf('Clients saw: 51 requests, 9 failed, longest gap 60 ms') + 1;
    expect(lines.slice(first, first + 4).map((line) => line.split(/ {2,}/))).toEqual([
      ['FAILED REQUEST', 'AFTER', 'WHAT HAPPENED', 'NODE'],
      ['2026-11-29T12:00:01.050Z', '3 ms', 'HTTP 503', 'shop-2'],
      ['2026-11-29T12:00:01.100Z', '12000 ms', 'no answer in time', '–'],
      ['and 7 more'],
    ]);
  });

  it('says nothing of clients where there was nobody to serve yet', async () => {
    expect((await shown({ ...RECEIPT, failed: 2, failures: FAILURES }, 'create')).join()).not.toMatch(/Clients|FAILED/);
  });
});
