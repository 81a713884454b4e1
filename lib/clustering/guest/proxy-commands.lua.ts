/** Commands that the proxy's socket knows besides HAProxy's own. */
export const COMMANDS = { settle: 'headroom settle', only: 'headroom only' } as const;

/** How often the proxy looks whether what was under way has ended. */
const LOOK_EVERY_MS = 20;

/**
 * `headroom settle <ms>` waits until no request is at an application or on its way to one, of those that this proxy has let
 * through, for so many milliseconds at most; says how many there are then. The proxy has this in memory, where a script would
 * ask for its statistics again and again.
 *
 * `headroom only <server>`: the application runs there and nowhere else, until checks say otherwise. They take a second to
 * find out that one has ended where it was, and a request that is sent there meanwhile is refused.
 */
export const proxyCommands = `
local function load_of(of)
  local stats = of:get_stats()
  return (tonumber(stats.qcur) or 0) + (tonumber(stats.scur) or 0)
end

local function last(...)
  return (select(select('#', ...), ...))
end

core.register_cli({ 'headroom', 'settle' }, '${COMMANDS.settle} <ms> : wait for requests under way', function(applet, ...)
  local left = tonumber(last(...)) or 0
  while true do
    local sum = load_of(core.backends.home)
    for _, server in pairs(core.backends.app.servers) do sum = sum + load_of(server) end
    if sum == 0 or left <= 0 then return applet:send(sum .. '\\n') end
    core.msleep(${LOOK_EVERY_MS})
    left = left - ${LOOK_EVERY_MS}
  end
end)

core.register_cli({ 'headroom', 'only' }, '${COMMANDS.only} <server> : the application runs there alone', function(applet, ...)
  local wanted = last(...)
  for name, server in pairs(core.backends.app.servers) do
    if name == wanted then server:check_force_up() else server:check_force_down() end
  end
  applet:send('\\n')
end)
`;
