import type { GuestScript } from '../shell';

/** A hold that nobody releases lapses: an orchestrator that died in the middle must not stop the cluster. */
export const HOLD_SECONDS = 30;

/**
 * So long at most a hold waits for what its proxy had let through before; a slower answer is the stop's to wait for. Within a
 * second eight clients of a guest on a slow machine were not answered yet, and one of their requests came to an application
 * that was stopped meanwhile.
 */
const ON_ITS_WAY_MS = 5_000;

/**
 * The time is written down as well, so that a proxy that starts anew meanwhile goes on holding. A hold ends when nothing
 * that this proxy let through is under way: once all members hold, no request can come late to an application that is
 * stopped, however long a guest was not run.
 */
const HOLD = `
installed
until=$((EPOCHSECONDS + ${HOLD_SECONDS}))
remember held $until
control hold/$until/${ON_ITS_WAY_MS} ${ON_ITS_WAY_MS / 1_000} || { echo 'the proxy does not answer' >&2; exit 1; }
`;

const RELEASE = `
installed
remember held 0
control "release/$1" || { echo 'the proxy does not answer' >&2; exit 1; }
`;

export const holdScript = (held: boolean, healthyNode?: string): GuestScript =>
  held
    ? { what: 'Holding requests', body: HOLD }
    : { what: 'Releasing requests', body: RELEASE, args: [healthyNode ?? ''] };
