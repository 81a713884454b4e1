import { afterAll, beforeAll, describe } from 'vitest';
import { describeFencing } from './contract/fencing';
import { describeGuest } from './contract/guest';
import { describeHosts } from './contract/hosts';
import { describeIdentity } from './contract/identity';
import { describeLifecycle } from './contract/lifecycle';
import { describeRecovery } from './contract/recovery';
import { describeRehearsal } from './contract/rehearsal';
import { Context, type ContractSubject, type GuestKind } from './contract/subject';
import { describeVolumes } from './contract/volumes';

export type { ContractSubject } from './contract/subject';

type Get = () => Context;

/** Each has a subject of its own, so that a driver of real VMs can have them run side by side. */
const PARTS = {
  lifecycle: (get: Get): void => {
    describeHosts(get);
    describeLifecycle(get);
  },
  operation: (get: Get, guest: GuestKind): void => {
    describeGuest(get, guest);
    describeIdentity(get, guest);
    describeVolumes(get);
    describeFencing(get);
    describeRehearsal(get);
    describeRecovery(get);
  },
} as const;

export const CONTRACT_PARTS = Object.keys(PARTS) as (keyof typeof PARTS)[];

/**
 * One part of the contract of `types.ts`: every driver passes all, and what they ask for is what the rest of Headroom
 * may rely on. At most three VMs run at a time.
 */
export const describeHypervisorContract = (
  name: string,
  part: keyof typeof PARTS,
  guest: GuestKind,
  makeSubject: () => Promise<ContractSubject>,
): void => {
  describe(`${name} hypervisor: ${part}`, () => {
    let context: Context | null = null;
    const get = (): Context => {
      if (context === null) throw new Error('The subject is not made.');
      return context;
    };
    beforeAll(async () => {
      context = new Context(await makeSubject());
      await context.open();
    });
    afterAll(() => context?.close());

    PARTS[part](get, guest);
  });
};
