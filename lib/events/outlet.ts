import type { ServerResponse } from 'node:http';

/** How often it is looked whether the response has begun. */
const LOOK_MS = 5;

/** Where a stream's bytes go. */
export interface Outlet {
  readonly write: (bytes: Uint8Array) => void;
  /** Bytes that wait for the client. */
  readonly waitingBytes: () => number;
  /** Nothing is written after this; what was held goes out. */
  readonly close: () => void;
}

interface Target extends Pick<ServerResponse, 'headersSent' | 'writableLength' | 'destroyed'> {
  readonly write: (bytes: Uint8Array) => boolean;
}

interface Controller {
  readonly desiredSize: number | null;
  readonly enqueue: (bytes: Uint8Array) => void;
}

/** Through the body of the answer alone. */
const throughBody = (controller: Controller, bufferBytes: number): Outlet => ({
  write: (bytes) => controller.enqueue(bytes),
  waitingBytes: () => bufferBytes - (controller.desiredSize ?? bufferBytes),
  close: () => undefined,
});

/**
 * Straight to Node's response, past the body, as soon as that has begun with what was put into the body before: the
 * response is begun by a first piece of the body, and nothing else may be put there. Held until then.
 */
const pastBody = (controller: Controller, response: Target): Outlet => {
  let held: Uint8Array[] | null = [];
  let timer: ReturnType<typeof setTimeout> | null = null;

  const look = (): void => {
    timer = null;
    if (held === null) return;
    if (!response.headersSent) {
      timer = setTimeout(look, LOOK_MS);
      return;
    }
    const first = held;
    held = null;
    for (const bytes of first) response.write(bytes);
  };

  return {
    write: (bytes) => {
      if (held !== null && response.headersSent) look();
      if (held === null) {
        if (!response.destroyed) response.write(bytes);
        return;
      }
      held.push(bytes);
      timer ??= setTimeout(look, LOOK_MS);
    },
    waitingBytes: () => (held === null ? response.writableLength : held.reduce((sum, bytes) => sum + bytes.length, 0)),
    close: () => {
      if (timer !== null) clearTimeout(timer);
      for (const bytes of held ?? []) controller.enqueue(bytes);
      held = [];
    },
  };
};

/** `bufferBytes` is the high-water mark of the controller's stream; `response` null where Node's response is not known. */
export const createOutlet = (controller: Controller, bufferBytes: number, response: Target | null): Outlet =>
  response === null ? throughBody(controller, bufferBytes) : pastBody(controller, response);
