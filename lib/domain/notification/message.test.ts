import { expect, it } from 'vitest';
import { type Notice, retryAfterMs, wants } from './message';

const notice = (change: Partial<Notice>): Notice => ({
  key: 'k',
  topic: 'recommendation',
  title: '',
  text: '',
  path: '/',
  role: null,
  ...change,
});
const topics = ['recommendation'];

it('channels are told of their topics only', () => {
  const person = { kind: 'person', target: 'ada@example.org', topics } as const;
  expect(wants(person, notice({}))).toBe(true);
  expect(wants(person, notice({ topic: 'failure' }))).toBe(false);
  expect(wants(person, notice({ role: 'oncall' }))).toBe(true);
});

it('what is put to one role goes to that role, and to no other', () => {
  const oncall = { kind: 'role', target: 'oncall', topics } as const;
  expect(wants(oncall, notice({ role: 'oncall' }))).toBe(true);
  expect(wants(oncall, notice({ role: 'operator' }))).toBe(false);
  expect(wants(oncall, notice({ role: null }))).toBe(true);
});

it('retries wait longer each time, an hour at most', () => {
  expect([1, 2, 3].map(retryAfterMs)).toEqual([10_000, 20_000, 40_000]);
  expect(retryAfterMs(30)).toBe(3_600_000);
});
