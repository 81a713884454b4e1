import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Lab } from '@/lib/hypervisors/qemu/lab';

/** How often clients ask who has the address; what is shorter is not told apart. */
export const ASK_EVERY_MS = 50;
const READY = 'ready';

/**
 * Asks the wire who has an address, again and again, and prints for each question the MACs that answered until the next.
 * The questions are probes without a sender's address from a MAC that is nobody's, which change nobody's knowledge.
 */
const SCRIPT = `use strict;
use warnings;
use Socket qw(inet_aton);
use Time::HiRes qw(time);
use constant { AF_PACKET => 17, SOCK_RAW => 3, ETH_P_ARP => 0x0806, SIOCGIFINDEX => 0x8933 };
$| = 1;
my ($address, $every) = (inet_aton($ARGV[0]), $ARGV[1] / 1000);
my $arp = unpack('S', pack('n', ETH_P_ARP));
socket(my $wire, AF_PACKET, SOCK_RAW, $arp) or die "socket: $!";
my $ifreq = pack('a16 x24', 'eth0');
ioctl($wire, SIOCGIFINDEX, $ifreq) or die "eth0: $!";
bind($wire, pack('S n i S C C a8', AF_PACKET, ETH_P_ARP, unpack('x16 i', $ifreq), 0, 0, 0, '')) or die "bind: $!";
my $source = pack('H12', '02beffffff01');
my $request = pack('H12 a6 n n n C C n a6 x4 x6 a4', 'ff' x 6, $source, ETH_P_ARP, 1, 0x0800, 6, 4, 1, $source, $address);
print "${READY}\\n";
while (1) {
  my %found;
  send($wire, $request, 0);
  my $until = time() + $every;
  while ((my $left = $until - time()) > 0) {
    my $set = '';
    vec($set, fileno($wire), 1) = 1;
    next unless select($set, undef, undef, $left);
    recv($wire, my $frame, 1514, 0);
    next if length($frame) < 42;
    my ($kind, $sender, $theirs) = unpack('x20 n a6 a4', $frame);
    $found{unpack('H12', $sender)} = 1 if $kind == 2 && $theirs eq $address;
  }
  print join(' ', sort keys %found), "\\n";
}
`;

export interface Holders {
  /** Time in which two or more answered clients that asked for the VIP, in milliseconds, in steps of `ASK_EVERY_MS`. */
  readonly doubledMs: number;
  /** Time in which nobody did. */
  readonly nobodyMs: number;
}

export interface HoldersWatch {
  stop(): Promise<Holders>;
}

/** Watches from where clients stand who answers for an address. */
export const watchHolders = async (lab: Lab, address: string): Promise<HoldersWatch> => {
  const { command, args } = lab.enter('clients');
  const child = spawn(command, [...args, 'perl', '-e', SCRIPT, address, String(ASK_EVERY_MS)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const seen = { doubledMs: 0, nobodyMs: 0 };
  const lines = createInterface({ input: child.stdout });
  const [first] = await once(lines, 'line');
  if (first !== READY) throw new Error('the wire cannot be watched');
  lines.on('line', (line) => {
    const holders = line === '' ? 0 : line.split(' ').length;
    if (holders > 1) seen.doubledMs += ASK_EVERY_MS;
    if (holders === 0) seen.nobodyMs += ASK_EVERY_MS;
  });
  return {
    stop: async () => {
      child.kill('SIGKILL');
      await once(child, 'close');
      return seen;
    },
  };
};
