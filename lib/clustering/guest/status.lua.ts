import type { ClusterMember, ClusterView } from '../types';
import { GUEST, NETWORK_CARD, processesPath, WAITS } from './paths';

/**
 * The proxy says what its node is, in the lines that the status script prints after one with its VM's id: it has everything in memory or in small
 * files of the kernel, where a script needs three processes, some 150 ms of an emulated guest's processor.
 *
 * The VIP is always on the loopback; on the card as well it is where it is held. The kernel's list of local addresses
 * has a line for each.
 *
 * An application without its volume only stands by, and counts as stopped.
 */
export const renderStatusLua = (
  { vip, workload: { volume } }: ClusterView,
  self: ClusterMember,
): string => `local function first_line(path)
  local file = io.open(path)
  local line = file and file:read('*l')
  if file then file:close() end
  return line or ''
end

local function runs(processes)
  local pid = first_line(processes)
  return pid ~= '' and first_line('/proc/' .. pid .. '/cmdline'):match('^%Z+') ~= '${WAITS}'
end

local function holds_vip()
  local count, here = 0, false
  for line in io.lines('/proc/net/fib_trie') do
    local address = line:match('|%-%- (%S+)$')
    if address then
      here, count = address == '${vip}', 0
    elseif here and line:find('/32 host LOCAL', 1, true) then
      count = count + 1
      if count > 1 then return true end
    end
  end
  return false
end

local function is_mounted()
${
  volume === null
    ? '  return true'
    : `  for line in io.lines('/proc/mounts') do
    if line:find(' ${volume.mountPath} ', 1, true) then return true end
  end
  return false`
}
end

local function directs()
  local members = {}
  local file = io.open('/proc/net/ip_vs')
  for line in file and file:lines() or function() end do
    local member, weight = line:match('^%s*%-> (%S+)%s+Route%s+(%d+)')
    if member and weight ~= '0' then members[#members + 1] = member .. '=' .. weight end
  end
  if file then file:close() end
  return table.concat(members, ',')
end

core.register_service('status', 'http', function(applet)
  local vrrp, holds = 'stopped', holds_vip()
  if runs('${processesPath('vrrp')}') then
    vrrp = holds and 'master' or 'backup'
    if first_line('${GUEST.vrrpYield}') == '1' or first_line('${GUEST.vrrpDeaf}') == '1' or first_line('/sys/class/net/${NETWORK_CARD}/operstate') ~= 'up' then
      vrrp = 'fault'
    end
  end
  local application, mounted = 'stopped', is_mounted()
  if mounted and runs('${processesPath('workload')}') then
    local seen = core.backends.app.servers['${self.name}']:get_stats().status
    application = seen:sub(1, 2) == 'UP' and 'up' or 'down'
  end
  local text = 'vm=${self.vmId}\\nhash=' .. first_line('${GUEST.viewHash}') .. '\\nvrrp=' .. vrrp .. '\\nholds=' .. (holds and 'yes' or 'no') ..
    '\\napplication=' .. application .. '\\nconnections=' .. core.frontends.service:get_stats().scur ..
    '\\ndirects=' .. directs() .. '\\nmounted=' .. (mounted and 'yes' or 'no') .. '\\n'
  applet:set_status(200)
  applet:add_header('Content-Type', 'text/plain')
  applet:add_header('Content-Length', #text)
  applet:start_response()
  applet:send(text)
end)
`;
