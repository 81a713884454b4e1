import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluatePolicy, NO_STATE } from './evaluate';
import { explain } from './explain';
import { BIN_MS, type Forecast, trackForecast } from './forecast';
import { observation, rules, size } from './testing';

const DAY = 86_400_000;
const START = Date.parse('2026-05-04T00:00:00Z');
const LEAD_MS = 60 * 60_000;

/** A day with a peak of 300 at noon and 100 at midnight. */
const daily = (ms: number): number => 200 - 100 * Math.cos((2 * Math.PI * (ms % DAY)) / DAY);

/** Feeds days of a load, bin by bin, and gives the forecast of the moment after. */
const forecastAfter = (days: number, load: (ms: number) => number) => {
  const tracker = trackForecast({ season: 'day', leadMs: LEAD_MS });
  // The last push closes the bin before it.
  for (let ms = 0; ms <= days * DAY; ms += BIN_MS) tracker.push(START + ms, load(ms));
  return tracker.read(START + days * DAY);
};

describe('a seasonal forecast', () => {
  it('waits for two seasons: one to forecast by, one to know its error by', () => {
    expect(forecastAfter(1.9, daily)).toBeNull();
    expect(forecastAfter(2.1, daily)).not.toBeNull();
  });

  it('says of what repeats exactly when its peak within the lead comes, and that it does not err', () => {
    const forecast = forecastAfter(3.25, daily);
    const at = START + 3.25 * DAY;
    expect(forecast?.peakAtMs).toBe(at + LEAD_MS);
    expect(forecast?.peak).toBeCloseTo(daily(0.25 * DAY + LEAD_MS), 6);
    expect(forecast?.error).toBeCloseTo(0, 9);
  });

  it('gives the weighted absolute percentage error that it had over the last season', () => {
    // The second day is a tenth above the first everywhere: the error is a tenth of 1.1.
    const grown = forecastAfter(2, (ms) => daily(ms) * (ms < DAY ? 1 : 1.1));
    expect(grown?.error).toBeCloseTo(0.1 / 1.1, 6);
  });

  it('follows the level of the last hour, within limits', () => {
    const doubled = (factor: number) => forecastAfter(3, (ms) => (ms >= 3 * DAY - LEAD_MS ? factor : 1) * 100)?.peak;
    expect(doubled(1.5)).toBeCloseTo(150, 6);
    expect(doubled(10)).toBeCloseTo(200, 6);
    expect(doubled(0.1)).toBeCloseTo(50, 6);
  });

  it('takes the median of past seasons: one odd day does not make the next', () => {
    const forecast = forecastAfter(4, (ms) => (ms >= 2 * DAY && ms < 3 * DAY ? 1_000 : 100));
    expect(forecast?.peak).toBeCloseTo(100, 6);
  });
});

describe('a predictive policy', () => {
  const policy = rules({ kind: 'predictive', metric: 'requestsPerSecond', limit: 100 });
  const decide = (nodes: number, forecast: Forecast | null) => {
    const decision = evaluatePolicy(policy, observation(nodes, { forecast }), NO_STATE, START);
    return { ...decision, reason: explain(policy.rule, decision) };
  };

  it('grows for the peak and its usual error, and says both', () => {
    const forecast = { peak: 250, peakAtMs: START + LEAD_MS, error: 0.25 };
    expect(decide(2, forecast)).toMatchObject({
      outcome: 'grow',
      to: size(4),
      reason: expect.stringMatching(/^250\/s expected at 2026-05-04T01:00:00.000Z, usual error 25 %: 2 → 4 nodes$/),
    });
    expect(decide(4, forecast)).toMatchObject({ outcome: 'none', hold: { code: 'forecast-fits', error: 0.25 } });
    expect(decide(4, forecast).reason).toContain('usual error 25 %');
  });

  it('does nothing without history', () => {
    expect(decide(2, null).reason).toBe('Did nothing: no data: a forecast takes two seasons of history');
  });

  it('never shrinks, whatever is expected', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 16 }),
        fc.double({ min: 0, max: 5_000, noNaN: true }),
        fc.double({ min: 0, max: 2, noNaN: true }),
        (nodes, peak, error) => {
          const { outcome, to } = decide(nodes, { peak, peakAtMs: START, error });
          expect(outcome).not.toBe('shrink');
          expect(to.nodes).toBeGreaterThanOrEqual(nodes);
        },
      ),
    );
  });
});
