import type { Device, NamespaceLayout } from './layout';

/** A device as `ip -json address show` tells it. */
export interface ObservedDevice {
  readonly ifname: string;
  readonly flags: readonly string[];
  readonly master?: string;
  readonly addr_info?: readonly { readonly local?: string; readonly prefixlen?: number }[];
}

/** A bridge whose ports forward at once, and that neither waits nor listens for anything. */
const BRIDGE_OPTIONS = 'stp_state 0 forward_delay 0 mcast_snooping 0';

/**
 * Lines for `ip -batch` that bring a namespace from what is observed to what is laid out. What is there is left alone,
 * a cable that was cut included. Cables are made from the switch, so its lines come first; `reference` names another
 * namespace so that ip(8) understands it.
 */
export const planNamespace = (
  layout: NamespaceLayout,
  observed: readonly ObservedDevice[],
  reference: (place: string) => string,
): readonly string[] => {
  const find = (name: string) => observed.find((device) => device.ifname === name);
  const lines = layout.devices.flatMap((device) => planDevice(layout.place, device, find, reference));
  const addresses = layout.addresses
    .filter(({ device, address }) => !hasAddress(find(device), address))
    .map(({ device, address }) => `address replace ${address} dev ${device}`);
  return [...lines, ...addresses];
};

const hasAddress = (device: ObservedDevice | undefined, address: string): boolean =>
  (device?.addr_info ?? []).some((info) => `${info.local}/${info.prefixlen}` === address);

const planDevice = (
  place: string,
  device: Device,
  find: (name: string) => ObservedDevice | undefined,
  reference: (place: string) => string,
): readonly string[] => {
  const { name } = device;
  const existing = find(name);
  switch (device.kind) {
    case 'loopback':
      return existing?.flags.includes('UP') ? [] : [`link set ${name} up`];
    case 'bridge':
      return existing === undefined ? [`link add ${name} type bridge ${BRIDGE_OPTIONS}`, `link set ${name} up`] : [];
    case 'cable': {
      const { peer, master, makes } = device;
      const add = `link add ${name} type veth peer name ${peer.name}`;
      const made = peer.place === place ? [add] : [`${add} netns ${reference(peer.place)}`];
      const plug = `link set ${name}${master === null ? '' : ` master ${master}`} up`;
      if (existing === undefined) return [...(makes ? made : []), plug];
      // The end that makes the cable is the one that a cut takes down.
      const isUp = makes || existing.flags.includes('UP');
      return isUp && existing.master === (master ?? undefined) ? [] : [plug];
    }
    default:
      return device satisfies never;
  }
};
