/** Months are those of UTC, written `2026-11`: they have the same hours wherever it is read, whatever clocks change. */
export type Month = string;

export const MONTH_PATTERN = /^\d{4}-(0[1-9]|1[0-2])$/;

export const HOUR_MS = 3_600_000;

export const monthOf = (ms: number): Month => new Date(ms).toISOString().slice(0, 7);

export const monthStartMs = (month: Month): number => Date.parse(`${month}-01T00:00:00.000Z`);

export const nextMonth = (month: Month): Month => {
  const [year = 0, number = 1] = month.split('-').map(Number);
  return number === 12
    ? `${String(year + 1).padStart(4, '0')}-01`
    : `${String(year).padStart(4, '0')}-${String(number + 1).padStart(2, '0')}`;
};

export const previousMonth = (month: Month): Month => monthOf(monthStartMs(month) - 1);

/** Its first moment after. */
export const monthEndMs = (month: Month): number => monthStartMs(nextMonth(month));

/** 672 to 744. */
export const hoursOf = (month: Month): number => (monthEndMs(month) - monthStartMs(month)) / HOUR_MS;
