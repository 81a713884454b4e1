import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLab, HOST_BRIDGE, type Lab } from '@/lib/hypervisors/qemu/lab';
import { run } from '@/lib/hypervisors/qemu/run';

/** A service with the product's own headers: answers with its name, streams slowly, echoes what it is sent. */
const SERVER = `
const [name, address, port] = process.argv.slice(1);
const { createServer } = require('node:http');
const server = createServer((request, response) => {
  const url = new URL(request.url, 'http://service');
  response.setHeader('X-Served-By', name);
  if (url.pathname === '/slow') {
    const untilMs = Date.now() + 1000 * Number(url.searchParams.get('seconds'));
    response.write('begin\\n');
    const timer = setInterval(() => {
      if (Date.now() < untilMs) return response.write('tick\\n');
      clearInterval(timer);
      response.end('end\\n');
    }, 100);
    request.once('close', () => clearInterval(timer));
  } else if (url.pathname === '/echo') request.pipe(response);
  else if (url.pathname === '/cut') {
    response.write('half');
    setTimeout(() => request.socket.resetAndDestroy(), 50);
  } else if (url.pathname === '/status') response.end('connections=7\\n');
  else response.end(name);
});
server.keepAliveTimeout = 60000;
server.listen(Number(port), address, () => console.log('listening'));
`;

/** Sends one request line for each line on standard input, as a member's HAProxy does. */
const LINES = `
const socket = require('node:dgram').createSocket('udp4');
require('node:readline').createInterface({ input: process.stdin }).on('line', (line) => {
  socket.send(line, 5514, '10.77.254.1');
});
`;

export interface TestService {
  readonly process: ChildProcess;
  /** Stops its answering without ending it, and lets it go on. */
  pause(): void;
  resume(): void;
  kill(): Promise<void>;
}

/** Namespaces of a lab of its own, with small servers in the place of VMs. */
export class TestNetwork {
  readonly lab: Lab;
  readonly #children: ChildProcess[] = [];

  private constructor(readonly home: string) {
    this.lab = createLab({ home });
  }

  static async create(): Promise<TestNetwork> {
    const network = new TestNetwork(await mkdtemp(join(tmpdir(), 'headroom-traffic-')));
    await network.lab.ensure();
    return network;
  }

  /** The host answers for the address, whether a server listens there or not. */
  async addAddress(host: string, address: string): Promise<void> {
    await this.ip(host, ['address', 'add', `${address}/16`, 'dev', HOST_BRIDGE]);
  }

  async removeAddress(host: string, address: string): Promise<void> {
    await this.ip(host, ['address', 'delete', `${address}/16`, 'dev', HOST_BRIDGE]);
  }

  private async ip(host: string, args: readonly string[]): Promise<void> {
    const { command, args: before } = this.lab.enter({ host });
    const { code, stderr } = await run(command, [...before, 'ip', ...args], { deadlineMs: 5_000 });
    if (code !== 0) throw new Error(stderr);
  }

  async serve(host: string, name: string, address: string, port: number): Promise<TestService> {
    const child = this.#spawn(host, SERVER, [name, address, String(port)]);
    await new Promise<void>((resolve, reject) => {
      child.stdout?.once('data', () => resolve());
      child.once('exit', (code) => reject(new Error(`the server ended with ${code}`)));
    });
    return {
      process: child,
      pause: () => child.kill('SIGSTOP'),
      resume: () => child.kill('SIGCONT'),
      kill: async () => {
        const ended = new Promise((resolve) => child.once('exit', resolve));
        child.kill('SIGKILL');
        await ended;
      },
    };
  }

  /** Returns what sends one request line from that host. */
  openSender(host: string): (line: string) => void {
    const child = this.#spawn(host, LINES, []);
    return (line) => child.stdin?.write(`${line}\n`);
  }

  async remove(): Promise<void> {
    for (const child of this.#children) child.kill('SIGKILL');
    await this.lab.tearDown();
    await rm(this.home, { recursive: true, force: true });
  }

  #spawn(host: string, script: string, args: readonly string[]): ChildProcess {
    const { command, args: before } = this.lab.enter({ host });
    const child = spawn(command, [...before, process.execPath, '-e', script, ...args], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    this.#children.push(child);
    return child;
  }
}
