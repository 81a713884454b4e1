import { rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { LineSplitter } from './lines';
import { decodeRequest, encode, errorResponse, type Handlers, type Methods, type Request } from './messages';

/** Answers requests at a unix socket. Requests of a connection are worked on side by side. */
export const serveControl = <M extends Methods<M>>(path: string, handlers: Handlers<M>): Promise<Server> => {
  const table = new Map<string, (params: unknown) => unknown>(Object.entries(handlers));

  const answer = async (socket: Socket, { id, method, params }: Request): Promise<void> => {
    try {
      const handler = table.get(method);
      if (handler === undefined) throw new Error(`there is no ${method}`);
      const result = await handler(params);
      socket.write(encode({ id, result: result ?? null }));
    } catch (error) {
      socket.write(encode(errorResponse(id, error)));
    }
  };

  const server = createServer((socket) => {
    const lines = new LineSplitter();
    socket.setEncoding('utf8');
    socket.on('error', () => socket.destroy());
    socket.on('data', (text: string) => {
      try {
        for (const line of lines.push(text)) {
          const request = decodeRequest(line);
          if (request === null) throw new Error('not a request');
          void answer(socket, request);
        }
      } catch {
        socket.destroy();
      }
    });
  });
  return new Promise((resolve, reject) => {
    // Whoever starts the process holds the lock and has seen that no other one answers here.
    rmSync(path, { force: true });
    const umask = process.umask(0o177);
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve(server);
    });
    process.umask(umask);
  });
};
