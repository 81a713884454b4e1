import { HypervisorError } from '@/lib/hypervisors/types';
import type { NodeStatus } from '../../types';
import { GUEST, NETWORK_CARD } from '../paths';
import { type GuestScript, NOT_INSTALLED } from '../shell';

/**
 * Prints `name=value` lines. What keepalived is follows from what the kernel says: the master is who has the VIP on its
 * card. (A notify script would need CAP_SETGID, and costs a process at the very moment of a take-over.)
 */
export const statusScript: GuestScript = {
  what: 'Asking for the status',
  waits: true,
  body: `
[ -n "$SELF" ] || exit ${NOT_INSTALLED}
hash= vrrp=stopped holds=no yields=0 deaf=0 link= application=stopped connections= directs=
[ ! -r ${GUEST.viewHash} ] || read -r hash < ${GUEST.viewHash} || true
! holds_vip || holds=yes
if runs vrrp; then
  { read -r yields < ${GUEST.vrrpYield}; } 2>/dev/null || true
  { read -r deaf < ${GUEST.vrrpDeaf}; } 2>/dev/null || true
  read -r link < /sys/class/net/${NETWORK_CARD}/operstate
  vrrp=backup
  [ $holds = no ] || vrrp=master
  [ "$yields" = 0 ] && [ "$deaf" = 0 ] && [ $link = up ] || vrrp=fault
fi
if runs workload && mounted; then application=down; ! healthy || application=up; fi
if runs proxy; then
  while IFS=, read -r proxy server queued most current rest; do
    [ "$proxy,$server" != service,FRONTEND ] || connections=$current
  done < <(ask 'show stat service 1 -1' 2>/dev/null)
fi
{
  while read -r kind member method weight rest; do
    [ "$kind" != '->' ] || [ "$method" != Route ] || [ "$weight" = 0 ] || directs+=\${directs:+,}$member=$weight
  done < /proc/net/ip_vs
} 2>/dev/null || true
echo "hash=$hash
vrrp=$vrrp
holds=$holds
application=$application
connections=$connections
directs=$directs"
`,
  timeoutMs: 20_000,
};

/** Throws when the text is none that a member says of itself. */
export const parseStatus = (text: string, at: Date): NodeStatus => {
  const lines = text.split('\n');
  const value = (name: string): string => {
    const line = lines.find((candidate) => candidate.startsWith(`${name}=`));
    if (line === undefined) throw new HypervisorError('guest_failed', `The guest's status has no ${name}.`);
    return line.slice(name.length + 1);
  };
  const connections = value('connections');
  if (!/^\d*$/.test(connections))
    throw new HypervisorError('guest_failed', `The guest's status says "${connections}".`);
  return {
    at,
    vrrp: oneOf(['master', 'backup', 'fault', 'stopped'], value('vrrp')),
    holdsVip: oneOf(['yes', 'no'], value('holds')) === 'yes',
    application: oneOf(['up', 'down', 'stopped'], value('application')),
    // It counts its connections, or does not answer.
    proxy: connections === '' ? 'down' : 'up',
    connections: Number(connections),
    viewHash: value('hash'),
    directs: value('directs'),
  };
};

/** Whether a member said that the volume of its workload is not mounted; the guest channel says nothing of that. */
export const saysUnmounted = (text: string): boolean => text.split('\n').includes('mounted=no');

const oneOf = <const T extends string>(known: readonly T[], text: string): T => {
  const found = known.find((candidate) => candidate === text);
  if (found === undefined) throw new HypervisorError('guest_failed', `The guest's status says "${text}".`);
  return found;
};
