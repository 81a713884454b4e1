/** What was typed as a list: separated by spaces, commas or semicolons. */
export const wordsOf = (text: string): readonly string[] => text.split(/[\s,;]+/).filter((word) => word !== '');
