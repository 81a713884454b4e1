import { existsSync, readFileSync } from 'node:fs';
import { Agent, type IncomingMessage, request } from 'node:http';
import { connect, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { FAILURES_TOLD_MAX } from '@/lib/domain/operation';
import { isAlive, type ProcessIdentity } from '@/lib/hypervisors/qemu/vm/process';
import { createLabTraffic } from '.';
import { trafficPaths } from './paths';
import { TestNetwork, type TestService } from './testing';

const VIP = '10.77.255.7';
const NODE = '10.77.0.9';
const CLUSTER = 'cluster-1';
const DEADLINE_MS = 60_000;

let network: TestNetwork;
let service: TestService;
let gatewayPort = 0;
let traffic: ReturnType<typeof createLabTraffic>;

const newTraffic = () => createLabTraffic({ home: network.home, enterClients: () => network.lab.enter('clients') });

const until = async <T>(look: () => Promise<T | null | false>): Promise<T> => {
  const expires = Date.now() + DEADLINE_MS;
  for (;;) {
    const found = await look();
    if (found !== null && found !== false) return found;
    if (Date.now() > expires) throw new Error('the awaited state did not come');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
};

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });

const recordOf = (name: 'agent' | 'gateway'): ProcessIdentity =>
  JSON.parse(readFileSync(trafficPaths(network.home)[name].record, 'utf8')) as ProcessIdentity;

const get = (path: string, agent: Agent): Promise<{ text: string; socket: Socket; response: IncomingMessage }> =>
  new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port: gatewayPort, path, agent }, (response) => {
      const { socket } = response;
      let text = '';
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ text, socket, response }));
      response.on('error', reject);
    });
    sent.on('error', reject);
    sent.end();
  });

const once = () => new Agent({ keepAlive: false });

beforeAll(async () => {
  network = await TestNetwork.create();
  await network.addAddress('paris-1', VIP);
  await network.addAddress('paris-1', NODE);
  service = await network.serve('paris-1', 'shop-1', VIP, 80);
  await network.serve('paris-1', 'shop-1', NODE, 8404);
  gatewayPort = await freePort();
  traffic = newTraffic();
  await traffic.start();
  await traffic.ensurePublished({ clusterId: CLUSTER, vip: VIP, servicePort: 80, probePath: '/', gatewayPort });
});

afterAll(async () => {
  await traffic.tearDown();
  await network.remove();
});

beforeEach(async () => {
  const since = new Date();
  await until(async () => (await traffic.answeredSince(CLUSTER, since)).get('shop-1') ?? null);
});

describe('prober', () => {
  it('probes by itself, and its receipt shows an outage with its length and its failed requests', async () => {
    const from = new Date();
    await until(async () => (await traffic.receipt(CLUSTER, from, new Date())).requests >= 20);
    expect(await traffic.receipt(CLUSTER, from, new Date())).toMatchObject({ failed: 0 });
    await service.kill();
    const downAt = new Date();
    await until(async () => (await traffic.receipt(CLUSTER, downAt, new Date())).failed >= 10);
    const upFrom = new Date();
    service = await network.serve('paris-1', 'shop-1', VIP, 80);
    const back = await until(async () => (await traffic.answeredSince(CLUSTER, upFrom)).get('shop-1') ?? null);
    const receipt = await traffic.receipt(CLUSTER, from, new Date());
    expect(receipt.failed).toBeGreaterThanOrEqual(10);
    expect(receipt.requests).toBeGreaterThan(receipt.failed);
    expect(receipt.failures).toHaveLength(Math.min(receipt.failed, FAILURES_TOLD_MAX));
    for (const { at } of receipt.failures) {
      expect(at.getTime()).toBeGreaterThanOrEqual(from.getTime());
      expect(at.getTime()).toBeLessThanOrEqual(back.getTime());
    }
    expect(receipt.failures.at(-1)).toMatchObject({ status: null, error: 'ECONNREFUSED', node: null });
    const outageMs = upFrom.getTime() - downAt.getTime();
    expect(receipt.longestGapMs + receipt.unobservedMs).toBeGreaterThanOrEqual(outageMs - 1);
    expect(receipt.longestGapMs).toBeLessThanOrEqual(back.getTime() - from.getTime());
  });

  it('a service that is slow for a while is asked all the same, and fails nothing', async () => {
    const from = new Date();
    service.pause();
    expect(await traffic.probeOnce(CLUSTER, { timeoutMs: 500 })).toMatchObject({
      ok: false,
      error: 'no answer in time',
    });
    service.resume();
    const receipt = await traffic.receipt(CLUSTER, from, new Date());
    expect(receipt.failed).toBe(0);
    expect(receipt.longestGapMs + receipt.unobservedMs).toBeGreaterThanOrEqual(450);
  });

  it('asks once when it is told to, and says who answered', async () => {
    expect(await traffic.probeOnce(CLUSTER)).toMatchObject({ ok: true, status: 200, servedBy: 'shop-1', error: null });
    await expect(traffic.probeOnce('nobody')).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('gateway', () => {
  it('carries several requests of a kept connection', async () => {
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const first = await get('/', agent);
    const second = await get('/', agent);
    agent.destroy();
    expect([first.text, second.text]).toEqual(['shop-1', 'shop-1']);
    expect(second.socket).toBe(first.socket);
  });

  it('carries a slow stream to its end', async () => {
    const { text } = await get('/slow?seconds=0.5', once());
    expect(text.startsWith('begin\n')).toBe(true);
    expect(text.endsWith('end\n')).toBe(true);
  });

  it('carries much both ways, of a client that closes its side first', async () => {
    const body = Buffer.alloc(8 * 1024 * 1024, 'headroom');
    const answer = await new Promise<Buffer>((resolve, reject) => {
      const parts: Buffer[] = [];
      const socket = connect({ port: gatewayPort, host: '127.0.0.1', allowHalfOpen: true });
      socket.on('data', (part) => parts.push(part));
      socket.on('end', () => resolve(Buffer.concat(parts)));
      socket.on('error', reject);
      socket.write(`POST /echo HTTP/1.0\r\nContent-Length: ${body.length}\r\n\r\n`);
      socket.end(body);
    });
    const at = answer.indexOf('\r\n\r\n') + 4;
    expect(answer.subarray(at).equals(body)).toBe(true);
  });

  it('an answer that is cut off in the lab is cut off here, too', async () => {
    await expect(get('/cut', once())).rejects.toMatchObject({ code: 'ECONNRESET' });
  });

  it('a connection that nobody takes waits until somebody does', async () => {
    await service.kill();
    const asked = get('/', once());
    service = await network.serve('paris-1', 'shop-1', VIP, 80);
    expect((await asked).text).toBe('shop-1');
  });
});

describe('load generator', () => {
  it('sends at its rate, keeps slow streams open, counts broken ones, and can be stopped', async () => {
    const spec = { requestsPerSecond: 100, path: '/', slowStreams: 5 };
    await traffic.setLoad(CLUSTER, spec);
    const running = await until(async () => {
      const status = await traffic.load(CLUSTER);
      return status.sent >= 200 && status;
    });
    expect(running).toMatchObject({ ...spec, failed: 0, brokenStreams: 0 });
    await service.kill();
    const hurt = await until(async () => {
      const status = await traffic.load(CLUSTER);
      return status.brokenStreams >= 5 && status.failed > 0 && status;
    });
    service = await network.serve('paris-1', 'shop-1', VIP, 80);
    const stopped = await traffic.setLoad(CLUSTER, { requestsPerSecond: 0, path: '/', slowStreams: 0 });
    expect(stopped.startedAt).toBeNull();
    expect(stopped.sent).toBeGreaterThanOrEqual(hurt.sent);
    const again = await traffic.setLoad(CLUSTER, { ...spec, slowStreams: 0 });
    expect(again.failed).toBe(0);
    await traffic.setLoad(CLUSTER, { requestsPerSecond: 0, path: '/', slowStreams: 0 });
  });
});

describe('the network', () => {
  it('shows one holder of a VIP, two when two answer for it, none when nobody does', async () => {
    const [holder, ...others] = await traffic.vipHolders(VIP);
    expect(others).toEqual([]);
    await network.addAddress('lyon-2', '10.77.255.7');
    const both = await traffic.vipHolders(VIP);
    expect(both).toHaveLength(2);
    expect(both).toContain(holder);
    await network.removeAddress('lyon-2', VIP);
    expect(await traffic.vipHolders(VIP)).toEqual([holder]);
    expect(await traffic.vipHolders('10.77.255.99')).toEqual([]);
  });

  it('takes the proxies’ lines for figures of the node and of the cluster', async () => {
    const send = network.openSender('paris-1');
    await traffic.clusterMetrics(CLUSTER);
    await until(async () => {
      send(`H1 ${CLUSTER} 200 5 1 --`);
      send(`H1 ${CLUSTER} 503 5 1 --`);
      const figures = await traffic.clusterMetrics(CLUSTER);
      return (figures.requestsPerSecond ?? 0) > 0 && (figures.errorsPerSecond ?? 0) > 0 && figures.latencyP50Ms === 4;
    });
  });

  it('reads connections from the node’s proxy, and knows nothing about a node that does not answer', async () => {
    await traffic.nodeMetrics(NODE);
    expect(await traffic.nodeMetrics(NODE)).toMatchObject({ connections: 7, requestsPerSecond: 0, errorsPerSecond: 0 });
    expect(await traffic.nodeMetrics('10.77.0.200')).toMatchObject({ connections: null, requestsPerSecond: null });
  });
});

describe('processes', () => {
  it('outlive who started them, and the next one finds them', async () => {
    const before = [recordOf('agent'), recordOf('gateway')];
    await traffic.stop();
    const next = newTraffic();
    await next.start();
    expect([recordOf('agent'), recordOf('gateway')]).toEqual(before);
    expect(await next.listPublished()).toHaveLength(1);
    await next.stop();
  });

  it('an agent that was killed goes on with its clusters and their load, and clients only waited', async () => {
    await traffic.setLoad(CLUSTER, { requestsPerSecond: 20, path: '/', slowStreams: 0 });
    process.kill(recordOf('agent').pid, 'SIGKILL');
    const [answer, published] = await Promise.all([get('/', once()), traffic.listPublished()]);
    expect(answer.text).toBe('shop-1');
    expect(published.map(({ clusterId }) => clusterId)).toEqual([CLUSTER]);
    await until(async () => (await traffic.load(CLUSTER)).sent > 0);
    await traffic.setLoad(CLUSTER, { requestsPerSecond: 0, path: '/', slowStreams: 0 });
  });

  it('a gateway that was killed is served again by the next start', async () => {
    process.kill(recordOf('gateway').pid, 'SIGKILL');
    await traffic.start();
    expect((await get('/', once())).text).toBe('shop-1');
  });

  it('run without root’s rights', () => {
    for (const name of ['agent', 'gateway'] as const) {
      const status = readFileSync(`/proc/${recordOf(name).pid}/status`, 'utf8');
      expect(/^CapEff:\s*0+$/m.test(status) || process.getuid?.() !== 0).toBe(true);
    }
  });

  it('a cluster that is not published any more is neither probed nor served', async () => {
    await traffic.ensureUnpublished(CLUSTER);
    expect(await traffic.listPublished()).toEqual([]);
    await expect(get('/', once())).rejects.toMatchObject({ code: 'ECONNREFUSED' });
    await expect(traffic.receipt(CLUSTER, new Date(0), new Date())).rejects.toMatchObject({ code: 'not_found' });
    await traffic.ensurePublished({ clusterId: CLUSTER, vip: VIP, servicePort: 80, probePath: '/', gatewayPort });
  });

  it('leave nothing behind when they are taken down', async () => {
    const records = [recordOf('agent'), recordOf('gateway')];
    await traffic.tearDown();
    expect(await Promise.all(records.map(isAlive))).toEqual([false, false]);
    expect(existsSync(trafficPaths(network.home).directory)).toBe(false);
    // The first thread of a process may be gone for the kernel a moment before the last one closes its sockets.
    await until(() =>
      get('/', once()).then(
        () => false,
        ({ code }) => code === 'ECONNREFUSED',
      ),
    );
    await traffic.start();
    await traffic.ensurePublished({ clusterId: CLUSTER, vip: VIP, servicePort: 80, probePath: '/', gatewayPort });
  });
});
