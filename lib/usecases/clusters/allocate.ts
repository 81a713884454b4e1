import { createServer } from 'node:net';
import { HeadroomError } from '@/lib/domain/errors';
import type { Transaction } from '../context';

const VIP_NETWORK = '10.77.255';
const LAST_OCTET_MIN = 1;
const LAST_OCTET_MAX = 254;
const GATEWAY_PORT_DEFAULT = 28_000;
const GATEWAY_PORTS = 1_000;

export interface Allocation {
  readonly vip: string;
  /** The VIP's last octet: unique wherever the VIP is. */
  readonly virtualRouterId: number;
  readonly gatewayPort: number;
}

/** The first number of the range that is not taken; null when all are. */
export const findFree = (from: number, to: number, taken: ReadonlySet<number>): number | null => {
  for (let candidate = from; candidate <= to; candidate += 1) if (!taken.has(candidate)) return candidate;
  return null;
};

/** Whether nothing on this machine listens at a port of 127.0.0.1. */
const isPortFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: '127.0.0.1', exclusive: true }, () => server.close(() => resolve(true)));
  });

const gatewayPortBase = (): number => {
  const base = Number(process.env.HEADROOM_GATEWAY_PORT ?? GATEWAY_PORT_DEFAULT);
  return Number.isInteger(base) && base > 1_023 && base < 64_000 ? base : GATEWAY_PORT_DEFAULT;
};

const findGatewayPort = async (taken: ReadonlySet<number>): Promise<number | null> => {
  const base = gatewayPortBase();
  const busy = new Set(taken);
  for (;;) {
    const port = findFree(base, base + GATEWAY_PORTS - 1, busy);
    if (port === null || (await isPortFree(port))) return port;
    busy.add(port);
  }
};

/**
 * A VIP, VRRP router id and gateway port that no cluster has. Call it under the allocation lock.
 * Throws `no_capacity` when the lab has none left.
 */
export const allocateAddresses = async (tx: Transaction): Promise<Allocation> => {
  const live = await tx.cluster.findMany({
    where: { state: { not: 'deleted' } },
    select: { vip: true, gatewayPort: true },
  });
  const octets = new Set(live.map((cluster) => Number(cluster.vip.split('.')[3])));
  const octet = findFree(LAST_OCTET_MIN, LAST_OCTET_MAX, octets);
  const gatewayPort = await findGatewayPort(new Set(live.map((cluster) => cluster.gatewayPort)));
  if (octet === null || gatewayPort === null) {
    throw new HeadroomError('no_capacity', 'All virtual addresses are taken. Delete a cluster first.', {
      details: { missing: octet === null ? 'vip' : 'gatewayPort' },
    });
  }
  return { vip: `${VIP_NETWORK}.${octet}`, virtualRouterId: octet, gatewayPort };
};
