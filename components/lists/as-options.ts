/** Options of a filter whose values speak for themselves, each once. */
export const asOptions = (values: readonly string[]) => [...new Set(values)].map((value) => ({ value, label: value }));
