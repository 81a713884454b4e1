import { describe, expect, it } from 'vitest';
import { type ChartChoice, chartParams, parseChartChoice, RANGES, shiftWindow, WEEK_MS } from './ranges';

const NOW = Date.parse('2026-11-29T12:00:00Z');
const HOUR = 3_600_000;

describe('the window of charts', () => {
  it('stands still once it is moved back, and goes with the time again past the present', () => {
    const back = shiftWindow({ range: '1h', endMs: null }, -1, NOW);
    expect(back).toEqual({ range: '1h', endMs: NOW - HOUR / 2 });
    expect(shiftWindow(back, -1, NOW).endMs).toBe(NOW - HOUR);
    expect(shiftWindow(back, 1, NOW).endMs).toBeNull();
  });

  it('has its points a week earlier at the same places', () => {
    for (const { stepMs } of RANGES) expect(WEEK_MS % stepMs).toBe(0);
  });

  it('comes back from the address it is written to, and is as ever where that says nothing', () => {
    const choice: ChartChoice = { window: { range: '6h', endMs: NOW }, scope: 'cluster', isCompared: true };
    expect(parseChartChoice(new URLSearchParams(chartParams(choice)))).toEqual(choice);
    const usual: ChartChoice = { window: { range: '5m', endMs: null }, scope: 'nodes', isCompared: false };
    expect(chartParams(usual)).toEqual({});
    expect(parseChartChoice(new URLSearchParams('range=secret&until=never&of=all'))).toEqual(usual);
  });

  it('asks for no more points than a chart has pixels', () => {
    for (const { windowMs, stepMs } of RANGES) expect(windowMs / stepMs).toBeLessThanOrEqual(400);
  });
});
