import { createServer } from 'node:net';
import { SetupError } from './setup-error.mjs';

const PORT_DEFAULT = 3_000;

/**
 * @param {string | undefined} text PORT
 * @returns {number}
 */
export function readPort(text) {
  if (text === undefined || text === '') return PORT_DEFAULT;
  const port = Number(text);
  if (/^\d+$/.test(text) && port > 0 && port < 65_536) return port;
  throw new SetupError(`PORT is a number from 1 to 65535, not ${JSON.stringify(text)}.`);
}

/**
 * @param {number} port
 * @param {string} address
 */
export async function assertPortFree(port, address) {
  const code = await new Promise((resolve) => {
    const probe = createServer().once('error', (error) => resolve('code' in error ? error.code : 'unknown'));
    probe.listen(port, address, () => probe.close(() => resolve(null)));
  });
  if (code === null) return;
  const why = code === 'EADDRINUSE' ? 'is taken by another program' : `cannot be used (${code})`;
  throw new SetupError(`Port ${port} at ${address} ${why}. Choose another one, such as: PORT=${port + 1} npm start`);
}
