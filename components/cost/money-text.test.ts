import { expect, it } from 'vitest';
import { formatChange, formatMoney, formatMonth, formatPrice, formatQuantity, formatSeconds } from './money-text';

it('groups money and changes no digit of it', () => {
  expect(formatMoney('1234567890123456.70', 'EUR')).toBe('1,234,567,890,123,456.70 EUR');
  expect(formatMoney('0.000012', 'USD')).toBe('0.000012 USD');
  expect(formatMoney('-1000.00', 'EUR')).toBe('-1,000.00 EUR');
});

it('shows what an hour costs to four places, and what is less as it is', () => {
  expect(formatPrice('0.219236', 'EUR')).toBe('0.2192 EUR');
  expect(formatPrice('1234.5', 'EUR')).toBe('1,234.5000 EUR');
  expect(formatPrice('0.00001', 'EUR')).toBe('0.00001 EUR');
  expect(formatPrice('0', 'EUR')).toBe('0 EUR');
});

it('says how a month differs from the one before', () => {
  expect(formatChange('112.00', '100.00')).toBe('+12 %');
  expect(formatChange('50.00', '100.00')).toBe('−50 %');
  expect(formatChange('1.00', '0.00')).toBe('new');
  expect(formatChange('0.00', '0.00')).toBe('–');
  expect(formatChange('100.10', '100.00')).toBe('±0 %');
});

it('names months, quantities and lengths as people read them', () => {
  expect(formatMonth('2026-02')).toBe('February 2026');
  expect(formatQuantity('0.0333333333')).toBe('0.0333333');
  expect(formatQuantity('1488')).toBe('1,488');
  expect([59, 61, 3_661, 90_061].map((s) => formatSeconds(String(s)))).toEqual([
    '59 s',
    '1 min 1 s',
    '1 h 1 min',
    '1 d 1 h',
  ]);
});
