import { describe, expect, it } from 'vitest';
import { isSameOrigin } from './same-origin';

const request = (method: string, headers: Record<string, string>) => ({ method, headers: new Headers(headers) });

describe('a change with a session cookie', () => {
  it.each([
    ['from the console itself', { 'sec-fetch-site': 'same-origin' }, true],
    ['from another site', { 'sec-fetch-site': 'cross-site' }, false],
    ['from a sibling domain', { 'sec-fetch-site': 'same-site' }, false],
    ['typed by the person', { 'sec-fetch-site': 'none' }, false],
    ['from an older browser here', { origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' }, true],
    ['from an older browser elsewhere', { origin: 'http://evil.example', host: '127.0.0.1:3000' }, false],
    ['from a sandboxed frame', { origin: 'null', host: '127.0.0.1:3000' }, false],
    ['that says nothing', { host: '127.0.0.1:3000' }, false],
  ])('%s', (_case, headers, allowed) => {
    expect(isSameOrigin(request('POST', headers as Record<string, string>))).toBe(allowed);
  });

  it('is asked of changes only', () => {
    expect(isSameOrigin(request('GET', { 'sec-fetch-site': 'cross-site' }))).toBe(true);
  });
});
