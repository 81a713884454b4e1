import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A unix socket server that stands for QEMU or a guest agent. `onLine` gets each line that a client sends. */
export interface FakePeer {
  readonly path: string;
  /** How many clients have connected so far. */
  readonly connections: () => number;
  /** Ends the connections of all clients. */
  readonly hangUp: () => void;
  readonly close: () => Promise<void>;
}

export const startFakePeer = async (handlers: {
  readonly onConnect?: (socket: Socket) => void;
  readonly onLine: (message: Record<string, unknown>, socket: Socket) => void;
}): Promise<FakePeer> => {
  const directory = await mkdtemp(path.join(tmpdir(), 'headroom-wire-'));
  const sockets = new Set<Socket>();
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    handlers.onConnect?.(socket);
    let buffered = '';
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      const lines = `${buffered}${chunk}`.split('\n');
      buffered = lines.pop() ?? '';
      for (const line of lines) handlers.onLine(JSON.parse(line.replaceAll('\xff', '')), socket);
    });
  });
  const socketPath = path.join(directory, 'peer.sock');
  await new Promise<void>((resolve) => server.listen(socketPath, resolve));
  const hangUp = (): void => {
    for (const socket of sockets) socket.destroy();
  };
  return {
    path: socketPath,
    connections: () => connections,
    hangUp,
    close: async () => {
      hangUp();
      await new Promise((resolve) => server.close(resolve));
      await rm(directory, { recursive: true, force: true });
    },
  };
};
