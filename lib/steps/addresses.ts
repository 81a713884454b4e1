/** VMs have 10.77.0.1 to 10.77.253.254; the last two third bytes belong to clients and VIPs. */
const NETWORK = '10.77';
const PER_THIRD_BYTE = 254;
const COUNT = 254 * PER_THIRD_BYTE;

const addressAt = (index: number): string =>
  `${NETWORK}.${Math.floor(index / PER_THIRD_BYTE)}.${(index % PER_THIRD_BYTE) + 1}`;

const indexOf = (address: string): number => {
  const [, , third = 0, fourth = 1] = address.split('.').map(Number);
  return third * PER_THIRD_BYTE + fourth - 1;
};

/**
 * The first free address after the one that was given last, so that an address comes again as late as can be: clients,
 * neighbours and directors remember who was there. Null when all are taken.
 */
export const nextAddress = (taken: ReadonlySet<string>, last: string | null): string | null => {
  const first = last === null ? 0 : indexOf(last) + 1;
  for (let step = 0; step < COUNT; step++) {
    const address = addressAt((first + step) % COUNT);
    if (!taken.has(address)) return address;
  }
  return null;
};
