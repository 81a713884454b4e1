import { GUEST } from './paths';

/** A request waits this long at most for its cluster to go on. */
const WAIT_SECONDS_MAX = 30;
/** A request waits this long at most for an application to be up where none is and nothing is held. */
const ABSENCE_SECONDS_MAX = 8;

/** Looks per second that all waiting requests may cost together: 3 µs each on bare metal, some 30 µs under emulation. */
const LOOKS_PER_SECOND_MAX = 3_000;

/**
 * Lets a request wait while the cluster is held, or while no application is up. `held` is the time in seconds since
 * the epoch at which the hold lapses by itself. Each looks every 10 ms; many wait longer between looks, so that 600
 * go on within 200 ms. Their number is bounded by the proxy's `maxconn`, beyond it connections wait in the kernel.
 * (Setting the frontend's `maxconn` to 0 instead would cost nothing, but HAProxy 2.6 deadlocks when it is raised.)
 */
export const proxyLua = `local state = Map.new('${GUEST.proxyState}', Map._str)
local waiting = 0

core.register_action('wait', { 'http-req' }, function(txn)
  local began = core.now().sec
  waiting = waiting + 1
  while true do
    local now = core.now().sec
    local held = (tonumber(state:lookup('held')) or 0) > now
    local absent = (tonumber(txn.f:nbsrv('app')) or 0) < 1
    if not held and not absent then break end
    if now - began >= (held and ${WAIT_SECONDS_MAX} or ${ABSENCE_SECONDS_MAX}) then break end
    core.msleep(math.max(10, math.floor(waiting * 1000 / ${LOOKS_PER_SECOND_MAX})))
  end
  waiting = waiting - 1
end, 0)
`;
