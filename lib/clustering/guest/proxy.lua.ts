import type { ClusterView } from '../types';
import { GUEST } from './paths';

/** A request waits this long at most for its cluster to go on. */
export const HELD_SECONDS_MAX = 35;
/** A request waits this long at most for an application to be up where none is and nothing is held, at home as well. */
const ABSENCE_SECONDS_MAX = 8;

/**
 * Lets requests wait: while the cluster is held, or while no application is up. `held` is the time in seconds since the
 * epoch at which the hold lapses by itself. Only a few requests look at a time: the others stand in the queue of the
 * backend `gate`, which costs nothing. (Setting the frontend's `maxconn` to 0 instead deadlocks HAProxy 2.6 when it is
 * raised again; looking by all of them takes the guest's whole processor under emulation.)
 */
const waits = `local state = Map.new('${GUEST.proxyState}', Map._str)

core.register_action('wait', { 'http-req' }, function(txn)
  local began = core.now().sec
  while true do
    local now = core.now().sec
    local held = (tonumber(state:lookup('held')) or 0) > now
    if not held and (tonumber(txn.f:nbsrv('app')) or 0) > 0 then return end
    if now - began >= (held and ${HELD_SECONDS_MAX} or ${ABSENCE_SECONDS_MAX}) then return end
    core.msleep(30)
  end
end, 0)

core.register_action('wait_home', { 'http-req' }, function(txn)
  local began = core.now().sec
  while (tonumber(txn.f:nbsrv('home')) or 0) < 1 and core.now().sec - began < ${ABSENCE_SECONDS_MAX} do core.msleep(30) end
end, 0)
`;

/**
 * HAProxy takes every server for up until its first check has ended, which a second may pass before. Where one member runs
 * the application the others' checks would meanwhile hear of it at one that only stands by, and send requests there.
 */
const BEGIN_DOWN = `
if core.thread == 1 then
  core.register_task(function()
    for _, server in pairs(core.backends['app'].servers) do server:check_force_down() end
  end)
end
`;

export const renderProxyLua = ({ workload }: Pick<ClusterView, 'workload'>): string =>
  workload.volume === null ? waits : `${waits}${BEGIN_DOWN}`;
