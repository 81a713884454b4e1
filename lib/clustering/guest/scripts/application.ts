import type { StopOptions } from '../../types';
import type { GuestScript } from '../shell';
import { UNMOUNT } from './volume';

/**
 * Waits until no request is at the application or on its way to it, for half of the time at most, then stops it. The
 * application gets SIGTERM and the rest of the time; what is left at the deadline is killed.
 */
const STOP = `
installed
if runs workload; then
  tick
  deadline=$((now + $1))
  control settle/$(($1 / 2)) $(($1 / 2000)) || true
  tick
  left=$(((deadline - now) / 1000))
  shut workload TERM $((left > 0 ? left : 0))
  control down || true
fi
`;

const STOP_AND_UNMOUNT = `${UNMOUNT}${STOP}[ -z "$VOLUME" ] || unmount "$VOLUME"
`;

export const stopApplicationScript = ({ deadlineMs, unmounts }: StopOptions): GuestScript => ({
  what: 'Stopping the application',
  body: unmounts ? STOP_AND_UNMOUNT : STOP,
  args: [String(deadlineMs)],
  timeoutMs: deadlineMs + 10_000,
});

/** Prints `late` and the application's last lines when it is not healthy by the deadline. */
const START = `
installed
tick
deadline=$((now + $1))
mounted || refuse "nothing is mounted at $VOLUME"
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
control up || true
`;

export const startApplicationScript = (deadlineMs: number): GuestScript => ({
  what: 'Starting the application',
  body: START,
  args: [String(deadlineMs)],
  timeoutMs: deadlineMs + 10_000,
});
