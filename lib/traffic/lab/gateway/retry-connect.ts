import { createConnection, type NetConnectOpts, type Socket } from 'node:net';

/** A client waits this long at most for its connection to be taken up. */
export const CONNECT_MS_MAX = 5_000;
/** A first packet that is lost while the VIP moves would be sent again by the kernel after 1 s; a new try is sooner. */
const TRY_MS = 800;
/** Between two tries. */
export const PAUSE_MS = 50;

/**
 * Connects, and tries again when that is refused or not answered, until the time is over or the caller wants it no
 * more. Null then.
 */
export const retryConnect = async (target: NetConnectOpts, isWanted: () => boolean): Promise<Socket | null> => {
  const untilMs = performance.now() + CONNECT_MS_MAX;
  while (isWanted() && performance.now() < untilMs) {
    const socket = await connectOnce(target);
    if (socket !== null) return socket;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return null;
};

const connectOnce = (target: NetConnectOpts): Promise<Socket | null> =>
  new Promise((resolve) => {
    const socket = createConnection({ ...target, allowHalfOpen: true });
    const end = (result: Socket | null): void => {
      clearTimeout(timer);
      socket.off('error', onError);
      if (result === null) {
        socket.on('error', () => undefined);
        socket.destroy();
      }
      resolve(result);
    };
    const onError = (): void => end(null);
    const timer = setTimeout(() => end(null), TRY_MS);
    socket.once('error', onError);
    socket.once('connect', () => end(socket));
  });
