import type { GuestScript } from '../shell';
import { UNDER_WAY } from './under-way';

const LOOK_EVERY_SECONDS = 0.06;

/**
 * Waits until no request is at the application or on its way to it, for half of the time at most, then stops it. The
 * application gets SIGTERM and the rest of the time; what is left at the deadline is killed.
 */
const STOP = `
installed
${UNDER_WAY}runs workload || exit 0
tick
deadline=$((now + $1)) quiet_until=$((now + $1 / 2))
talk || true
while under_way; [ $sum != 0 ] && [ $now -lt $quiet_until ]; do
  pause ${LOOK_EVERY_SECONDS}
  tick
done
tick
left=$(((deadline - now) / 1000))
shut workload TERM $((left > 0 ? left : 0))
`;

export const stopApplicationScript = (deadlineMs: number): GuestScript => ({
  what: 'Stopping the application',
  body: STOP,
  args: [String(deadlineMs)],
  timeoutMs: deadlineMs + 10_000,
});

/** Prints `late` and the application's last lines when it is not healthy by the deadline. */
const START = `
installed
tick
deadline=$((now + $1))
[ -z "$VOLUME" ] || [[ $(< /proc/mounts) == *" $VOLUME "* ]] || refuse "nothing is mounted at $VOLUME"
open workload
until healthy; do
  tick
  if [ $now -ge $deadline ]; then
    echo late
    journalctl --unit=headroom-workload --lines=5 --output=cat --no-pager || true
    exit 0
  fi
  pause 0.03
done
# The proxy's own check would find it out up to a second later, and other members after that: clients wait.
ask "set server app/$SELF health up" > /dev/null || true
`;

export const startApplicationScript = (deadlineMs: number): GuestScript => ({
  what: 'Starting the application',
  body: START,
  args: [String(deadlineMs)],
  timeoutMs: deadlineMs + 10_000,
});
