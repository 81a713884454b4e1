import { GUEST } from '../paths';
import type { GuestScript } from '../shell';
import { UNDER_WAY } from './under-way';

/** A hold that nobody releases lapses: an orchestrator that died in the middle must not stop the cluster. */
export const HOLD_SECONDS = 30;

/** So long at most a hold waits for what its proxy had let through before; a slow answer is the stop's to wait for. */
const ON_ITS_WAY_MS = 1_000;

/**
 * The time is written down as well, so that a proxy that starts anew meanwhile goes on holding. A hold ends when nothing
 * that this proxy let through is under way: once all members hold, no request can come late to an application that is
 * stopped, however long a guest was not run.
 */
export const holdScript = (held: boolean, healthyNode?: string): GuestScript => ({
  what: held ? 'Holding requests' : 'Releasing requests',
  args: [healthyNode ?? ''],
  body: `
installed
${UNDER_WAY}until=${held ? `$((EPOCHSECONDS + ${HOLD_SECONDS}))` : 0}
remember held $until
answer=$(ask "set map ${GUEST.proxyState} held $until\${1:+; set server app/$1 health up}")
case $answer in
  # One that this proxy was not told of yet is found by its checks.
  *'No such server'*) ;;
  *[![:space:]]*) echo "$answer" >&2; exit 1 ;;
esac
[ $until != 0 ] || exit 0
tick
deadline=$((now + ${ON_ITS_WAY_MS}))
while under_way; [ $sum != 0 ] && [ $now -lt $deadline ]; do
  pause 0.03
  tick
done
`,
});
