import type { OperationEventView } from '@/lib/domain/contract';
import type { SseMessage, SseSink } from '@/lib/events/sse';
import { eventHub } from '@/lib/events/web-hub';
import { createOperationStream } from '@/lib/usecases/operations/operation-stream';

type Followed = Omit<Parameters<typeof createOperationStream>[0], 'onEvent'>;

/** Sends an operation's log to a stream, as `toMessage` writes it. Returns what ends that. */
export const followOperation = (
  { sink, ...followed }: Followed & { readonly sink: SseSink },
  toMessage: (event: OperationEventView) => SseMessage,
): (() => void) => {
  const stream = createOperationStream({ ...followed, onEvent: (event) => sink.send(toMessage(event)) });
  const pump = (): void => {
    stream.pump().catch(() => sink.drop());
  };
  pump();
  const stopWaking = eventHub().onWake(pump, sink.drop);
  return () => {
    stopWaking();
    stream.close();
  };
};
