import { describe, expect, it } from 'vitest';
import { applyActionError } from './form-errors';

const apply = (fields: readonly { field: string; message: string }[]) => {
  const placed: string[] = [];
  const message = applyActionError<{ name: string; email: string }>(
    { message: 'Refused.', fields },
    ['name', 'email'],
    (name, error) => placed.push(`${name}: ${'message' in error ? error.message : ''}`),
  );
  return { placed, message };
};

describe('a refusal', () => {
  it('stands beside its fields alone when the form has all of them', () => {
    expect(apply([{ field: 'email', message: 'Taken.' }])).toEqual({ placed: ['email: Taken.'], message: null });
  });

  it('is told for the form as a whole when a field is not in it', () => {
    const answer = apply([
      { field: 'name', message: 'Too long.' },
      { field: 'shape', message: 'Too large.' },
    ]);
    expect(answer).toEqual({ placed: ['name: Too long.'], message: 'Refused.' });
  });

  it('is told for the form as a whole when it names no field', () => {
    expect(apply([])).toEqual({ placed: [], message: 'Refused.' });
  });
});
