import { expect, it } from 'vitest';
import { dayText, monthsOf } from './calendar-model';

const day = (date: string, parts: Parameters<typeof dayText>[0]['parts'] = []) => ({ date, hours: 24, parts });
const of = { zone: 'Europe/Paris', entries: [{ name: 'office hours', priority: 0, size: { nodes: 4 } }] };

it('puts days into weeks from Monday to Sunday, with gaps where the month has none', () => {
  const days = Array.from({ length: 31 }, (_, i) => day(`2026-01-${String(i + 1).padStart(2, '0')}`));
  const [january] = monthsOf([...days, day('2026-02-01')]);
  expect(january?.name).toBe('January');
  expect(january?.weeks).toHaveLength(5);
  expect(january?.weeks[0]?.map((d) => d?.date.slice(8) ?? null)).toEqual([null, null, null, '01', '02', '03', '04']);
  expect(january?.weeks.every((week) => week.length === 7)).toBe(true);
});

it('says what is in force by the wall clock of the calendar', () => {
  expect(dayText(day('2026-01-03'), of)).toBe('2026-01-03: base all day');
  const hours = { entry: 0, start: '2026-01-05T07:00:00.000Z', end: '2026-01-05T17:00:00.000Z' };
  expect(dayText(day('2026-01-05', [{ ...hours, fromPart: 8 / 24, toPart: 18 / 24 }]), of)).toBe(
    '2026-01-05: office hours 08:00–18:00',
  );
  const evening = { entry: 0, start: '2026-01-05T21:00:00.000Z', end: '2026-01-05T23:00:00.000Z' };
  expect(dayText(day('2026-01-05', [{ ...evening, fromPart: 22 / 24, toPart: 1 }]), of)).toBe(
    '2026-01-05: office hours 22:00–24:00',
  );
  expect(dayText(day('2026-01-05', [{ ...hours, fromPart: 0, toPart: 1 }]), of)).toBe(
    '2026-01-05: office hours all day',
  );
});
