import { GUEST } from '../paths';
import type { GuestScript } from '../shell';
import { UNDER_WAY } from './under-way';

/** A hold that nobody releases lapses: an orchestrator that died in the middle must not stop the cluster. */
export const HOLD_SECONDS = 30;

/** So long at most a hold waits for what its proxy had let through before; a slow answer is the stop's to wait for. */
const ON_ITS_WAY_MS = 1_000;

const HELD = `set map ${GUEST.proxyState} held`;

/**
 * The time is written down as well, so that a proxy that starts anew meanwhile goes on holding. A hold ends when nothing
 * that this proxy let through is under way: once all members hold, no request can come late to an application that is
 * stopped, however long a guest was not run.
 */
const HOLD = `
installed
${UNDER_WAY}until=$((EPOCHSECONDS + ${HOLD_SECONDS}))
remember held $until
talk && say "${HELD} $until" || { echo 'the proxy does not answer' >&2; exit 1; }
[[ $answer != *[![:space:]]* ]] || { echo "$answer" >&2; exit 1; }
tick
deadline=$((now + ${ON_ITS_WAY_MS}))
while under_way; [ $sum != 0 ] && [ $now -lt $deadline ]; do
  pause 0.03
  tick
done
`;

const RELEASE = `
installed
remember held 0
answer=$(ask "${HELD} 0\${1:+ ; set server app/$1 health up}")
case $answer in
  # One that this proxy was not told of yet is found by its checks.
  *'No such server'*) ;;
  *[![:space:]]*) echo "$answer" >&2; exit 1 ;;
esac
`;

export const holdScript = (held: boolean, healthyNode?: string): GuestScript =>
  held
    ? { what: 'Holding requests', body: HOLD }
    : { what: 'Releasing requests', body: RELEASE, args: [healthyNode ?? ''] };
