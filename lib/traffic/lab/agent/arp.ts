import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { networkInterfaces } from 'node:os';
import { createInterface } from 'node:readline';
import { HypervisorError } from '@/lib/hypervisors/types';
import { arpScript } from './arp.pl';

const START_MS_MAX = 5_000;
const ANSWER_MS_MAX = 3_000;
/** What the script says first, when it has its socket. */
const READY = 0;

/** Finds out who answers for an address on the wire. Questions are worked off one after the other. */
export class ArpAsker {
  readonly #process: ChildProcessWithoutNullStreams;
  readonly #waiting = new Map<number, (macs: readonly string[] | null) => void>();
  #lastId = READY;

  private constructor(process: ChildProcessWithoutNullStreams) {
    this.#process = process;
    createInterface({ input: process.stdout }).on('line', (line) => {
      const [id, ...macs] = line.split(' ');
      this.#settle(Number(id), macs);
    });
    process.stderr.on('data', (text: Buffer) => console.error('arp:', text.toString().trim()));
    process.stdin.on('error', () => undefined);
    process.on('error', () => this.#giveUp());
    process.on('exit', () => this.#giveUp());
  }

  /** Needs the right to raw sockets, which it gives up at once. Throws when the device or the right is missing. */
  static async start(ownAddress: string): Promise<ArpAsker> {
    const { device, mac } = findDevice(ownAddress);
    const args = ['-e', arpScript, device, askingMac(mac)];
    const asker = new ArpAsker(spawn('perl', args, { stdio: 'pipe' }));
    if ((await asker.#answer(READY, START_MS_MAX)) !== null) return asker;
    asker.stop();
    throw new HypervisorError('failed', `Nobody can be asked by ARP on ${device}: is perl installed?`);
  }

  /** Resolves after 0.3 s. Throws `unreachable` when it is not told in time. */
  async holders(address: string): Promise<readonly string[]> {
    const id = ++this.#lastId;
    const answer = this.#answer(id, ANSWER_MS_MAX);
    this.#process.stdin.write(`${id} ${address}\n`);
    const macs = await answer;
    if (macs === null) throw new HypervisorError('unreachable', 'The network does not say who holds an address.');
    return macs;
  }

  stop(): void {
    this.#process.kill('SIGKILL');
  }

  #answer(id: number, timeoutMs: number): Promise<readonly string[] | null> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return Promise.resolve(null);
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#settle(id, null), timeoutMs);
      this.#waiting.set(id, (macs) => {
        clearTimeout(timer);
        resolve(macs);
      });
    });
  }

  #settle(id: number, macs: readonly string[] | null): void {
    const answer = this.#waiting.get(id);
    this.#waiting.delete(id);
    answer?.(macs);
  }

  #giveUp(): void {
    for (const id of [...this.#waiting.keys()]) this.#settle(id, null);
  }
}

/** A MAC that nobody has: the device's own with another bit set among those that an administrator may choose. */
const askingMac = (own: string): string => {
  const [first = '', ...others] = own.split(':');
  const octet = (Number.parseInt(first, 16) ^ 0x04) | 0x02;
  return [octet.toString(16).padStart(2, '0'), ...others].join('');
};

const findDevice = (ownAddress: string): { device: string; mac: string } => {
  for (const [device, addresses] of Object.entries(networkInterfaces())) {
    const found = addresses?.find(({ address }) => address === ownAddress);
    if (found !== undefined) return { device, mac: found.mac };
  }
  throw new HypervisorError('failed', `No network device here has the address ${ownAddress}.`);
};
