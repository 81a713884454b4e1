const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

/** For sorting: numbers by value, text as people count: "paris-9" before "paris-10". */
export const compareAsPeopleDo = (a: string | number, b: string | number): number =>
  typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b));
