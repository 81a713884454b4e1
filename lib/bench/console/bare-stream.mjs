// A server of event streams with nothing behind it: what Node itself needs to send one line to all who listen.
import { createServer } from 'node:http';

const listeners = new Set();
const server = createServer((request, response) => {
  if (request.method === 'POST') {
    const line = `id: ${process.hrtime.bigint()}\nevent: host\ndata: {"kind":"host","payload":{"n":1}}\n\n`;
    for (const listener of listeners) listener.write(line);
    response.end();
    return;
  }
  response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
  response.write(': hello\n\n');
  listeners.add(response);
  request.on('close', () => listeners.delete(response));
});
server.listen(Number(process.argv[2]), '127.0.0.1');
