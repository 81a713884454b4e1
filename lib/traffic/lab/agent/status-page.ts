import { Agent } from 'node:http';
import { PROXY_PORTS, STATUS_PATH } from '@/lib/clustering/ports';
import { HypervisorError } from '@/lib/hypervisors/types';
import { httpGet } from './http-get';
import type { StallLog } from './stalls';

const PAGE_BYTES_MAX = 4 * 1024;

/** Reads what members say of themselves; keeps a connection to each. */
export class StatusPages {
  readonly #agent = new Agent({ keepAlive: true, maxFreeSockets: 1, timeout: 30_000 });

  constructor(private readonly stalls: StallLog) {}

  /** The page's text. Throws `unreachable` when there is none in time. */
  async read(address: string, timeoutMs: number): Promise<string> {
    const { ok, body, error } = await httpGet({
      address,
      port: PROXY_PORTS.statistics,
      path: STATUS_PATH,
      timeoutMs,
      bodyBytesMax: PAGE_BYTES_MAX,
      agent: this.#agent,
      stalls: this.stalls,
    });
    if (!ok) throw new HypervisorError('unreachable', `The proxy at ${address} does not say how it is: ${error}.`);
    return body;
  }
}

/** Client connections that are open at a member; null when the page does not say. */
export const connectionsIn = (page: string): number | null => {
  const count = /^connections=(\d+)$/m.exec(page)?.[1];
  return count === undefined ? null : Number(count);
};
