import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { DATA_SOCKET } from '../paths';
import { TAKEN } from './frames';
import { relayFramed } from './relay';
import { retryConnect } from './retry-connect';

const CONNECTIONS_MAX = 2_000;
const NAME_BYTES_MAX = 128;
const NAME_MS_MAX = 5_000;

export interface Service {
  readonly host: string;
  readonly port: number;
}

/**
 * The agent's side of the gateway: a connection begins with the cluster's id and a line feed. One byte is answered when
 * the service has taken it; then come the client's bytes, and the service's bytes go back in frames.
 */
export const openEntrance = (directory: string, find: (clusterId: string) => Service | null): Promise<Server> => {
  const path = `${directory}/${DATA_SOCKET}`;
  const server = createServer({ allowHalfOpen: true, pauseOnConnect: true }, (socket) => {
    void enter(socket, find);
  });
  server.maxConnections = CONNECTIONS_MAX;
  return new Promise((resolve, reject) => {
    rmSync(path, { force: true });
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      // Who may open its directory may come in: the gateway, which has no rights.
      chmodSync(path, 0o666);
      resolve(server);
    });
  });
};

const enter = async (socket: Socket, find: (clusterId: string) => Service | null): Promise<void> => {
  let isOpen = true;
  const onGone = (): void => {
    isOpen = false;
    socket.destroy();
  };
  socket.on('error', onGone);
  socket.on('close', onGone);
  const name = await readName(socket);
  const service = name === null ? null : find(name);
  const upstream = service === null ? null : await retryConnect(service, () => isOpen);
  if (upstream === null || !isOpen) {
    upstream?.destroy();
    socket.destroy();
    return;
  }
  socket.write(TAKEN);
  relayFramed(upstream, socket);
};

/** Leaves what follows the line to be read. Null when no name comes in time. */
const readName = (socket: Socket): Promise<string | null> =>
  new Promise((resolve) => {
    let bytes: Buffer = Buffer.alloc(0);
    const end = (name: string | null): void => {
      clearTimeout(timer);
      socket.pause();
      socket.off('data', onData);
      socket.off('close', onClose);
      resolve(name);
    };
    const onData = (piece: Buffer): void => {
      bytes = Buffer.concat([bytes, piece]);
      const at = bytes.indexOf(10);
      if (at < 0) {
        if (bytes.length > NAME_BYTES_MAX) end(null);
        return;
      }
      end(bytes.toString('latin1', 0, at));
      if (at + 1 < bytes.length) socket.unshift(bytes.subarray(at + 1));
    };
    const onClose = (): void => end(null);
    const timer = setTimeout(() => end(null), NAME_MS_MAX);
    socket.on('data', onData);
    socket.on('close', onClose);
    socket.resume();
  });
