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

/**
 * The contract of `types.ts` as one suite: every driver passes it, and what it asks for is what the rest of Headroom
 * may rely on. At most three VMs run at a time.
 */
export const describeHypervisorContract = (
  name: string,
  guest: GuestKind,
  makeSubject: () => Promise<ContractSubject>,
): void => {
  describe(`${name} hypervisor`, () => {
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

    describeHosts(get);
    describeLifecycle(get);
    describeGuest(get, guest);
    describeIdentity(get, guest);
    describeVolumes(get);
    describeFencing(get);
    describeRehearsal(get);
    describeRecovery(get);
  });
};
