import { Duplex } from 'node:stream';
import type { SimVm } from '@/lib/sim/state';

const KEPT_LENGTH = 64 * 1024;
const greeting = (vm: SimVm): string => `\r\nSimulated guest ${vm.name} ttyS0\r\n\r\n${vm.name} login: `;

/** What simulated guests print on their serial consoles, and what is typed there: as long as this process lives. */
export class SimulatedConsoles {
  readonly #logs = new Map<string, string>();

  /** The last that the guest printed; a guest that never ran printed nothing. */
  read(vm: SimVm): string {
    return this.#logs.get(vm.id) ?? (vm.starts === 0 ? '' : greeting(vm));
  }

  forget(vmId: string): void {
    this.#logs.delete(vmId);
  }

  /** A console that shows the login prompt and echoes; there is nobody to log in to. */
  open(vm: SimVm): Duplex {
    const print = (text: string): void => {
      this.#logs.set(vm.id, (this.read(vm) + text).slice(-KEPT_LENGTH));
      stream.push(text);
    };
    const stream = new Duplex({
      read: () => undefined,
      write: (chunk: Buffer, _encoding, done) => {
        const text = chunk.toString('utf8');
        print(text.replaceAll('\r', '\r\n'));
        if (/[\r\n]/.test(text)) print(`${vm.name} is simulated: it does not run programs.\r\n${vm.name} login: `);
        done();
      },
      final: (done) => {
        stream.push(null);
        done();
      },
    });
    return stream;
  }
}
