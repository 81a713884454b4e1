import { GUEST } from '../paths';
import type { GuestScript } from '../shell';

/** A hold that nobody releases lapses: an orchestrator that died in the middle must not stop the cluster. */
export const HOLD_SECONDS = 30;

/** The time is written down as well, so that a proxy that starts anew meanwhile goes on holding. */
export const holdScript = (held: boolean, healthyNode?: string): GuestScript => ({
  what: held ? 'Holding requests' : 'Releasing requests',
  args: [healthyNode ?? ''],
  body: `
installed
until=${held ? `$((EPOCHSECONDS + ${HOLD_SECONDS}))` : 0}
remember held $until
answer=$(ask "set map ${GUEST.proxyState} held $until\${1:+; set server app/$1 health up}")
case $answer in
  # One that this proxy was not told of yet is found by its checks.
  *'No such server'*) ;;
  *[![:space:]]*) echo "$answer" >&2; exit 1 ;;
esac
`,
});
