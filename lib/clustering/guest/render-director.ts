import type { ClusterView } from '../types';
import { NETWORK_CARD } from './paths';
import { CLIENT_MARK, OWN_MARK } from './render-keepalived';

/** Type of service of packets that a director has sent on: one of those that nobody else has a use for here. */
const DIRECTED = '0x88';

/**
 * Payload of a sync message: about two connections (36 bytes each, `struct ip_vs_sync_v4`). One is sent when it is
 * full, and otherwise only after two seconds: filled to the MTU, the last half second of a busy service was unknown to
 * who took the VIP, and a connection of that time broke whenever the two directors chose differently.
 */
const SYNC_BYTES = 80;

/**
 * Run before the director, with its capabilities. Every member directs whatever reaches it from a client, whether it holds the VIP or
 * not: while the VIP moves, packets still arrive where it was, and already where it will be, and each of the two finds
 * the right member for them. What a director sends on is labelled, and a labelled packet is for the member itself, so
 * that none travels further than one hop. (`backup_only` would do the latter alone: during a move it makes both answer
 * resets for connections that are not their own.) What it would send on of the member's own connections (`renderFirewall`)
 * is turned back to the member at its card.
 *
 * The sync daemons tell all members of all connections; their id is the router id, so that clusters on one wire do not
 * mix. Their only failure here is that they run already.
 */
export const renderPrepareDirector = (view: ClusterView): string => {
  const match = `flower ip_proto tcp dst_ip ${view.vip} dst_port ${view.workload.servicePort}`;
  const sync = `--mcast-interface ${NETWORK_CARD} --syncid ${view.virtualRouterId} --sync-maxlen ${SYNC_BYTES}`;
  return `set -eu
tc -batch - <<END
qdisc replace dev ${NETWORK_CARD} clsact
filter replace dev ${NETWORK_CARD} ingress protocol ip pref 1 handle 1 ${match} ip_tos ${DIRECTED}/0xff action pass
filter replace dev ${NETWORK_CARD} ingress protocol ip pref 2 handle 1 ${match} action skbedit mark ${CLIENT_MARK}
filter replace dev ${NETWORK_CARD} egress protocol ip pref 1 handle ${OWN_MARK} fw action mirred ingress redirect dev lo
filter replace dev ${NETWORK_CARD} egress protocol ip pref 2 handle 1 ${match} action pedit ex munge ip tos set ${DIRECTED} pipe action csum ip
END
ipvsadm --start-daemon master ${sync} 2>/dev/null || true
ipvsadm --start-daemon backup ${sync} 2>/dev/null || true
`;
};

/** Undoes it, in a member that leaves. */
export const UNDO_PREPARE_DIRECTOR = `tc qdisc del dev ${NETWORK_CARD} clsact 2>/dev/null || true
ipvsadm --stop-daemon master 2>/dev/null || true
ipvsadm --stop-daemon backup 2>/dev/null || true
`;
