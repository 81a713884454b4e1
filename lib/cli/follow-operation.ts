import { setTimeout as delay } from 'node:timers/promises';
import type { OperationEventView, OperationView } from '@/lib/domain/contract';
import { operationIs } from '@/lib/domain/operation';
import { CliError, EXIT } from './cli-error';
import type { ApiClient } from './client';
import { note } from './output';
import { readEvents } from './sse';

const RECONNECT_MS = 500;
/** A stream is read this long, then the operation's state is asked for and the stream taken up again. */
const STREAM_MS = 30_000;
const FAILURES_MAX = 20;

interface Display {
  readonly show: (event: OperationEventView) => void;
  readonly end: () => void;
}

const lineDisplay = (): Display => ({
  show: ({ type, step, message, operation }) => {
    const title = step?.title ?? type;
    const progress = `[${operation.stepsDone}/${operation.stepsTotal}]`;
    if (type === 'step-started') note(`${progress} ${title} …`);
    else if (type === 'step-done') note(`${progress} ${title}: done${message ? `, ${message}` : ''}`);
    else if (type !== 'undo-step-started') note(`${progress} ${title}: ${message ?? type}`);
  },
  end: () => undefined,
});

const barDisplay = async (total: number): Promise<Display> => {
  const { default: progress } = await import('cli-progress');
  const bar = new progress.SingleBar({
    format: '{bar} {value}/{total} {title}',
    hideCursor: true,
    clearOnComplete: false,
    stream: process.stderr,
    barCompleteChar: '█',
    barIncompleteChar: '░',
    barsize: 30,
  });
  bar.start(total, 0, { title: '' });
  return {
    show: ({ step, message, operation }) =>
      bar.update(operation.stepsDone, { title: step?.title ?? message ?? operation.state }),
    end: () => bar.stop(),
  };
};

/** Reads the stream until the operation's end, or for 30 s. Resolves with the id of the last event seen. */
const readStream = async (
  client: ApiClient,
  path: string,
  lastEventId: string | undefined,
  show: (event: OperationEventView) => void,
): Promise<string | undefined> => {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), STREAM_MS);
  let last = lastEventId;
  try {
    const response = await client.stream(path, {
      signal: stop.signal,
      ...(last === undefined ? {} : { lastEventId: last }),
    });
    for await (const { id, data } of readEvents(response)) {
      const event: OperationEventView = JSON.parse(data);
      last = id ?? last;
      show(event);
      if (operationIs.ended(event.operation.state)) break;
    }
  } catch (error) {
    if (!stop.signal.aborted) throw error;
  } finally {
    clearTimeout(timer);
    stop.abort();
  }
  return last;
};

/**
 * Shows an operation on standard error until it has ended and resolves with it. A lost connection is made again, up to
 * 20 times in a row, and goes on after the last event seen.
 */
export const followOperation = async (
  client: ApiClient,
  operationId: string,
  options: { readonly quiet?: boolean } = {},
): Promise<OperationView> => {
  const path = `/operations/${operationId}`;
  let operation = await client.request<OperationView>('GET', path);
  const isQuiet = options.quiet === true;
  const display = !isQuiet && process.stderr.isTTY ? await barDisplay(operation.stepsTotal) : lineDisplay();
  let lastEventId: string | undefined;
  let failures = 0;
  try {
    while (operationIs.active(operation.state)) {
      try {
        lastEventId = await readStream(client, `${path}/events`, lastEventId, isQuiet ? () => undefined : display.show);
        operation = await client.request<OperationView>('GET', path);
        failures = 0;
      } catch (error) {
        failures += 1;
        if (failures > FAILURES_MAX) throw error;
      }
      if (operationIs.active(operation.state)) await delay(RECONNECT_MS);
    }
  } finally {
    display.end();
  }
  return operation;
};

/** Throws `CliError` with exit code 5 unless the operation is done. */
export const requireDone = (operation: OperationView): void => {
  if (operation.state === 'done') return;
  const why = operation.summary === null || operation.summary === '' ? '' : `: ${operation.summary}`;
  throw new CliError(EXIT.notDone, `The operation ended ${operation.state}${why}.`, {
    code: `operation_${operation.state}`,
  });
};
