import type { OperationEventView } from '@/lib/domain/contract';

export interface LogEntry extends OperationEventView {
  readonly operationId: string;
}

/** Null for what is no entry; the server's own schema said what it is, and a page does not carry that along. */
export const parseLogEntry = (data: unknown): LogEntry | null => {
  if (typeof data !== 'string') return null;
  try {
    const entry: LogEntry | null = JSON.parse(data);
    return typeof entry?.seq === 'number' && typeof entry.operation?.state === 'string' ? entry : null;
  } catch {
    return null;
  }
};
