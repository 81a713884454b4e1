import { sseResponse } from '@/lib/events/sse';
import { eventHub } from '@/lib/events/web-hub';
import type { UseCaseContext } from '@/lib/usecases/context';
import { keepConsole, readConsole } from '@/lib/usecases/vms/console';
import { log } from './log';

/** A third of the time after which a console that nobody wants is closed. */
const KEEP_EVERY_MS = 5_000;

/**
 * A console's output as a response. For as long as it is followed, by somebody who still may, the console stays open. A
 * stream that ends may be followed again within seconds; the orchestrator closes what nobody follows.
 */
export const consoleStream = (
  context: UseCaseContext,
  consoleId: string,
  after: bigint,
  signal: AbortSignal,
): Response =>
  sseResponse(signal, (sink) => {
    let reached = after;
    let isReading = false;
    let isAskedAgain = false;
    let isOver = false;

    const end = (reason: string): void => {
      if (isOver) return;
      sink.send({ event: 'closed', data: { reason } });
      sink.drop();
    };

    const read = async (): Promise<void> => {
      isAskedAgain = true;
      if (isReading) return;
      isReading = true;
      try {
        while (isAskedAgain && !isOver) {
          isAskedAgain = false;
          const output = await readConsole(context, consoleId, reached);
          if (output.text !== '')
            sink.send({ id: String(output.reached), event: 'output', data: { text: output.text } });
          if (output.reached !== reached) isAskedAgain = true;
          reached = output.reached;
          if (output.isClosed && !isAskedAgain) end('It was closed: the VM ended, or nobody looked.');
        }
      } catch (error) {
        log.warn({ consoleId, error }, 'console not read');
        end('It cannot be read any more.');
      } finally {
        isReading = false;
      }
    };

    const keep = setInterval(() => {
      keepConsole(context, consoleId).then(
        (isOpen) => (isOpen ? undefined : void read().then(() => end('It is closed.'))),
        () => undefined,
      );
    }, KEEP_EVERY_MS);
    const stopListening = eventHub().onGuests(
      () => void read(),
      () => sink.drop(),
    );
    void read();
    return () => {
      isOver = true;
      clearInterval(keep);
      stopListening();
    };
  });
