import type { FieldProblem } from '@/lib/domain/errors';

/** Documented in the README beside this file; scripts rely on them. */
export const EXIT = {
  ok: 0,
  /** Headroom failed, or was not reached. */
  failed: 1,
  /** The command line is wrong. */
  usage: 2,
  /** Headroom refused: bad input, wrong state, no capacity. Nothing was changed. */
  refused: 3,
  /** Not signed in, or the role may not. */
  denied: 4,
  /** The operation ended otherwise than done. */
  notDone: 5,
} as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;
  readonly fields: readonly FieldProblem[];
  readonly details: unknown;

  constructor(
    exitCode: ExitCode,
    message: string,
    options: { readonly code?: string; readonly fields?: readonly FieldProblem[]; readonly details?: unknown } = {},
  ) {
    super(message);
    this.name = 'CliError';
    this.exitCode = exitCode;
    this.code = options.code ?? 'failed';
    this.fields = options.fields ?? [];
    this.details = options.details;
  }
}
