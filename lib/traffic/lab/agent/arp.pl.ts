/**
 * Asks on the wire who has an address, and tells everyone who answers. Node has no raw sockets; Perl and its Socket
 * module are in every Debian (perl-base is essential). Two answers are two holders: the kernel's own neighbour table
 * would show only one.
 *
 * The questions are probes without a sender's address (RFC 5227, 2.1.1) from a MAC that is nobody's: so neither those
 * who are asked nor this machine change what they know of their neighbours, not even when two answer.
 *
 * Arguments: network device, a MAC (12 hexadecimal digits) to ask from. For each line `<id> <address>` on standard
 * input it asks twice, 100 ms apart, and writes a line `<id> <MAC>…` with those that answered within 300 ms. It gives
 * up its rights as soon as it has its socket.
 */
export const arpScript = `use strict;
use warnings;
use Socket qw(inet_aton);
use constant { AF_PACKET => 17, SOCK_RAW => 3, ETH_P_ARP => 0x0806, SIOCGIFINDEX => 0x8933 };
$| = 1;
my ($device, $mac) = @ARGV;
my $arp = unpack('S', pack('n', ETH_P_ARP));
socket(my $wire, AF_PACKET, SOCK_RAW, $arp) or die "socket: $!";
my $ifreq = pack('a16 x24', $device);
ioctl($wire, SIOCGIFINDEX, $ifreq) or die "device $device: $!";
my $index = unpack('x16 i', $ifreq);
bind($wire, pack('S n i S C C a8', AF_PACKET, ETH_P_ARP, $index, 0, 0, 0, '')) or die "bind: $!";
if ($> == 0) { $( = 65534; $) = "65534 65534"; $< = 65534; $> = 65534; }

my $source = pack('H12', $mac);
sub wait_for { my ($seconds) = @_; my $set = ''; vec($set, fileno($wire), 1) = 1; return select($set, undef, undef, $seconds); }
sub take { recv($wire, my $frame, 1514, 0); return $frame; }
sub collect {
  my ($left, $address, $found) = @_;
  while ($left > 0) {
    my ($ready, $rest) = wait_for($left);
    last unless $ready && $ready > 0;
    $left = $rest;
    my $frame = take();
    next if length($frame) < 42;
    my ($kind, $sender, $theirs) = unpack('x20 n a6 a4', $frame);
    $found->{join(':', unpack('(H2)6', $sender))} = 1 if $kind == 2 && $theirs eq $address;
  }
}
print "0\\n";
while (my $line = <STDIN>) {
  my ($id, $asked) = split ' ', $line;
  my $address = inet_aton($asked);
  my %found;
  if (defined $address) {
    take() while (wait_for(0))[0] > 0;
    my $request = pack('H12 a6 n n n C C n a6 x4 x6 a4', 'ff' x 6, $source, ETH_P_ARP, 1, 0x0800, 6, 4, 1, $source,
      $address);
    for my $seconds (0.1, 0.2) {
      send($wire, $request, 0);
      collect($seconds, $address, \\%found);
    }
  }
  print join(' ', $id, sort keys %found), "\\n";
}
`;
