import type { FieldValues, Path, UseFormSetError } from 'react-hook-form';

interface Refusal {
  readonly message: string;
  readonly fields: readonly { readonly field: string; readonly message: string }[];
}

/**
 * Puts what the server refused beside the fields of the form that it names. Returns the message for the form as a whole:
 * null when every problem found its field.
 */
export const applyActionError = <V extends FieldValues>(
  error: Refusal,
  names: readonly Path<V>[],
  setError: UseFormSetError<V>,
): string | null => {
  let isAllPlaced = error.fields.length > 0;
  for (const { field, message } of error.fields) {
    const name = names.find((n) => n === field);
    if (name === undefined) isAllPlaced = false;
    else setError(name, { type: 'server', message });
  }
  return isAllPlaced ? null : error.message;
};
