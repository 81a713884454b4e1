import { createHash } from 'node:crypto';
import type { VmSpec } from '../../types';
import { BASE } from './command-line';

/** The guest's view of a DIMM of n MiB is n MiB less its table of pages: 64 bytes for each 4 KiB. */
const MEMORY_TABLE_SHARE = 64 / 4096;

/** `_IO('R', 0x07)` of linux/random.h. */
const RNDRESEEDCRNG = 0x5207;

/**
 * The script that makes a clone a machine of its own: random numbers, name, machine id, clock, network; ends when its
 * processors, memory and card are there. One run, because each call into an emulated guest costs some 40 ms. Run by bash;
 * `busybox` needs no libraries, which take an emulated guest longer than the work.
 *
 * Clones go on from one state of the kernel's random numbers. Not every kernel hears of that by the VM's generation id (Debian's
 * for clouds has no driver), and what is written to /dev/urandom counts only when the kernel reseeds by itself, up to a minute
 * later: so it is told to (RNDRESEEDCRNG, random(4)).
 *
 * Arguments when it is sent: the time, as seconds since the epoch; a seed that nobody else has, in hexadecimal digits.
 */
export const renderIdentityScript = (spec: VmSpec): string => {
  const { nic, shape } = spec;
  const plugged = shape.memoryMiB - BASE.memoryMiB;
  const memoryKiBMin = Math.floor(plugged * 1024 * (1 - MEMORY_TABLE_SHARE) * 0.98);
  return `set -eu
perl -e 'open my $random, "+>", "/dev/urandom" or die $!; syswrite $random, pack("H*", shift); ioctl $random, ${RNDRESEEDCRNG}, 0 or die $!' "$2"
date -u -s "@$1" > /dev/null
echo ${machineIdOf(spec.id)} > /etc/machine-id
echo ${spec.name} > /etc/hostname
echo ${spec.name} > /proc/sys/kernel/hostname
printf '127.0.0.1 localhost\\n::1 localhost\\n%s %s\\n' ${nic.address} ${spec.name} > /etc/hosts
tries=0
exec {never}<> <(:)
wait_for() {
  until "$@"; do
    tries=$((tries + 1))
    [ $tries -lt 600 ] || { echo "not there: $*" >&2; exit 1; }
    read -r -t 0.02 -u $never || true
  done
}
# The last of what the kernel makes for a card.
has_card() { [ -e /proc/sys/net/ipv4/conf/eth0/arp_notify ]; }
has_processors() {
  for cpu in /sys/devices/system/cpu/cpu[0-9]*/online; do
    [ ! -e "$cpu" ] || { read -r on < "$cpu"; [ "$on" = 1 ] || echo 1 > "$cpu" || true; }
  done
  read -r online < /sys/devices/system/cpu/online
  [ "$online" = ${shape.vcpus === 1 ? '0' : `0-${shape.vcpus - 1}`} ]
}
base=0
[ ! -e /run/headroom-base-memory ] || read -r base < /run/headroom-base-memory
has_memory() {
  read -r _ total _ < /proc/meminfo
  [ "$total" -ge $((base + ${memoryKiBMin})) ]
}
wait_for has_processors
wait_for has_card
# Whoever remembers another card at this address learns of the new one.
echo 1 > /proc/sys/net/ipv4/conf/eth0/arp_notify
busybox ip link set eth0 up
busybox ip address replace ${nic.address}/${nic.prefixLength} dev eth0
${plugged > 0 ? 'wait_for has_memory' : ''}
`;
};

/** Stable for a VM, different for any two: 32 hexadecimal digits. */
export const machineIdOf = (vmId: string): string => createHash('sha256').update(vmId).digest('hex').slice(0, 32);
