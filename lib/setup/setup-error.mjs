/** Tells the person at the terminal what to do; its message stands alone, a stack trace would not help. */
export class SetupError extends Error {
  name = 'SetupError';
}
