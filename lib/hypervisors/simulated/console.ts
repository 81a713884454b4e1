import { Duplex } from 'node:stream';
import type { SimVm } from '@/lib/sim/state';

/** A serial console that shows the login prompt and echoes; there is nobody to log in to. */
export const openSimulatedConsole = (vm: SimVm): Duplex => {
  const stream = new Duplex({
    read: () => undefined,
    write: (chunk: Buffer, _encoding, done) => {
      const text = chunk.toString('utf8');
      stream.push(text.replaceAll('\r', '\r\n'));
      if (/[\r\n]/.test(text)) stream.push(`${vm.name} is simulated: it does not run programs.\r\n${vm.name} login: `);
      done();
    },
    final: (done) => {
      stream.push(null);
      done();
    },
  });
  stream.push(`\r\nSimulated guest ${vm.name} ttyS0\r\n\r\n${vm.name} login: `);
  return stream;
};
