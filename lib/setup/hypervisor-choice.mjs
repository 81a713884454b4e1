import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { SetupError } from './setup-error.mjs';

const CHOICES = /** @type {const} */ (['qemu', 'simulated']);

export const HYPERVISOR_FILE = 'hypervisor';

/** @param {string} home */
const pathOf = (home) => join(home, HYPERVISOR_FILE);

/**
 * The hypervisor of this installation: what its state was made with, else HEADROOM_HYPERVISOR, else `qemu`. Refuses to
 * run the one over the other's state, whose clusters it could not find.
 *
 * @param {string} home
 * @param {string | undefined} wanted
 * @returns {'qemu' | 'simulated'}
 */
export function chooseHypervisor(home, wanted) {
  const asked = wanted === undefined || wanted === '' ? undefined : parse(wanted);
  const kept = readKept(home);
  if (asked === undefined || kept === undefined || asked === kept) return asked ?? kept ?? 'qemu';
  throw new SetupError(
    `The state in ${home} was made with HEADROOM_HYPERVISOR=${kept}. Use another HEADROOM_HOME for ${asked}, or remove ` +
      'it with: npx headroom down --purge',
  );
}

/** @param {string} home @param {'qemu' | 'simulated'} hypervisor */
export function keepHypervisor(home, hypervisor) {
  writeFileSync(pathOf(home), `${hypervisor}\n`);
}

function readKept(home) {
  try {
    return parse(readFileSync(pathOf(home), 'utf8').trim());
  } catch (error) {
    if (error instanceof SetupError) throw error;
    return undefined;
  }
}

function parse(text) {
  const found = CHOICES.find((choice) => choice === text);
  if (found !== undefined) return found;
  throw new SetupError(`HEADROOM_HYPERVISOR is one of ${CHOICES.join(', ')}, not ${JSON.stringify(text)}.`);
}
