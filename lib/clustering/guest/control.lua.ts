import type { ClusterMember, ClusterView } from '../types';
import { GUEST } from './paths';

/** How often the proxy looks whether what was under way has ended. */
const LOOK_EVERY_MS = 20;
/** Bound of a conversation with the proxy's own socket. */
const ANSWER_SECONDS = 2;

/**
 * What scripts have the proxy do while clients wait, over HTTP on the loopback: the shell speaks it by itself, where a program
 * that speaks to the proxy's socket takes an emulated guest 100 ms to start. `renderFirewall` keeps everybody but root away.
 *
 * `/hold/<epoch>/<ms>`: lets no request through until then, and waits as `settle` does.
 * `/settle/<ms>`: waits until no request that this proxy let through is under way, so long at most. The proxy has that in
 * memory.
 * `/up`, `/down`: what became of the own application. Checks would find it out up to a second later, and other members, who
 * ask this one, after that.
 * `/release/<server>`: lets requests through. With a server that is known, an application with a volume runs there and nowhere
 * else until checks say otherwise: a request that is sent to where it was is refused.
 *
 * HAProxy 2.6 lists to Lua the servers that there were when it started: those that came or went since are spoken of by its
 * socket, and requests are counted by backend.
 */
export const renderControlLua = (
  { workload }: ClusterView,
  self: ClusterMember,
): string => `local function load_of(backend)
  return tonumber(backend:get_stats().scur) or 0
end

local function settle(ms)
  while ms > 0 and load_of(core.backends.app) + load_of(core.backends.home) > 0 do
    core.msleep(${LOOK_EVERY_MS})
    ms = ms - ${LOOK_EVERY_MS}
  end
end

local function hold(till)
  core.set_map('${GUEST.proxyState}', 'held', till)
end

local function own()
  return core.backends.app.servers['${self.name}']
end
${workload.volume === null ? '' : RUNS_ALONE}
local acts = {
  hold = function(till, ms)
    hold(till)
    settle(tonumber(ms))
  end,
  settle = function(ms) settle(tonumber(ms)) end,
  up = function() own():check_force_up() end,
  down = function() own():check_force_down() end,
  release = function(name)
${
  workload.volume === null
    ? ''
    : `    runs_alone(name)
`
}    hold('0')
  end,
}

core.register_service('control', 'http', function(applet)
  local name, first, second = applet.path:match('^/(%l+)/?([^/]*)/?([^/]*)$')
  local act = acts[name]
  if act then act(first, second) end
  applet:set_status(act and 200 or 404)
  applet:add_header('Content-Length', '0')
  applet:start_response()
end)
`;

/** The fourth field of a line of `show servers state app` is the server's name; the second is the backend's. */
const RUNS_ALONE = `
local function ask(command)
  local socket = core.tcp()
  socket:settimeout(${ANSWER_SECONDS})
  local answer = socket:connect('unix@${GUEST.proxySocket}') and socket:send(command .. '\\n') and socket:receive('*a')
  socket:close()
  return answer or ''
end

local function runs_alone(name)
  local known, commands = false, {}
  for each in ask('show servers state app'):gmatch('%d+ app %d+ (%S+) ') do
    known = known or each == name
    commands[#commands + 1] = 'set server app/' .. each .. ' health ' .. (each == name and 'up' or 'down')
  end
  if known then ask(table.concat(commands, ' ; ')) end
end
`;
