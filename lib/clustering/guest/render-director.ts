import type { ClusterView } from '../types';
import { NETWORK_CARD } from './paths';
import { CLIENT_MARK } from './render-keepalived';

/** Type of service of packets that a director has sent on: one of those that nobody else has a use for here. */
const DIRECTED = '0x88';

/**
 * Payload of a sync message: about two connections (36 bytes each, `struct ip_vs_sync_v4`). One is sent when it is
 * full, and otherwise only after two seconds: filled to the MTU, the last half second of a busy service was unknown to
 * who took the VIP, and a connection of that time broke whenever the two directors chose differently.
 */
const SYNC_BYTES = 80;

/** Resets to one client's port that are held back within a minute: with TCP's times of trying again 3 s. */
const RESETS_HELD = 4;

/**
 * Run before the director, with its capabilities. Every member directs whatever reaches it from a client, whether it holds the VIP or
 * not: while the VIP moves, packets still arrive where it was, and already where it will be, and each of the two finds
 * the right member for them. What a director sends on is labelled, and a labelled packet is for the member itself, so
 * that none travels further than one hop. (`backup_only` would do the latter alone: during a move it makes both answer
 * resets for connections that are not their own.)
 *
 * The sync daemons tell all members of all connections; their id is the router id, so that clusters on one wire do not
 * mix. Their only failure here is that they run already.
 *
 * A member that gets a packet of a connection which it does not know holds its reset back for a while. While the VIP
 * moves such a packet has come to the wrong member; the client's TCP sends it again, and by then the directors have told
 * each other. A connection that nobody knows any more is reset all the same, 3 s later. Resets of connections that a
 * program ends, and of ports where nobody listens, carry an acknowledgement and are none of these.
 */
export const renderPrepareDirector = (view: ClusterView): string => {
  const match = `flower ip_proto tcp dst_ip ${view.vip} dst_port ${view.workload.servicePort}`;
  const sync = `--mcast-interface ${NETWORK_CARD} --syncid ${view.virtualRouterId} --sync-maxlen ${SYNC_BYTES}`;
  const stray = `ip saddr ${view.vip} tcp sport ${view.workload.servicePort} tcp flags & (rst | ack) == rst`;
  return `set -eu
nft -f - <<END
add table ip headroom
flush table ip headroom
table ip headroom {
  set strays {
    type ipv4_addr . inet_service
    size 4096
    flags dynamic, timeout
    timeout 60s
  }
  chain output {
    type filter hook output priority 0
    ${stray} update @strays { ip daddr . tcp dport limit rate over ${RESETS_HELD}/minute burst ${RESETS_HELD} packets } accept
    ${stray} drop
  }
}
END
tc -batch - <<END
qdisc replace dev ${NETWORK_CARD} clsact
filter replace dev ${NETWORK_CARD} ingress protocol ip pref 1 handle 1 ${match} ip_tos ${DIRECTED}/0xff action pass
filter replace dev ${NETWORK_CARD} ingress protocol ip pref 2 handle 1 ${match} action skbedit mark ${CLIENT_MARK}
filter replace dev ${NETWORK_CARD} egress protocol ip pref 1 handle 1 ${match} action pedit ex munge ip tos set ${DIRECTED} pipe action csum ip
END
ipvsadm --start-daemon master ${sync} 2>/dev/null || true
ipvsadm --start-daemon backup ${sync} 2>/dev/null || true
`;
};

/** Undoes it, in a member that leaves. */
export const UNDO_PREPARE_DIRECTOR = `tc qdisc del dev ${NETWORK_CARD} clsact 2>/dev/null || true
nft delete table ip headroom 2>/dev/null || true
ipvsadm --stop-daemon master 2>/dev/null || true
ipvsadm --stop-daemon backup 2>/dev/null || true
`;
