import { once } from 'node:events';
import { createServer } from 'node:net';

/** A port of this machine that nobody listens on, or the wanted one. Rejects when that one is taken. */
export const freePort = async (wanted = 0): Promise<number> => {
  const probe = createServer().listen(wanted, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
};
