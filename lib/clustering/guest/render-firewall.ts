import { PROXY_PORTS } from '../ports';
import type { ClusterView } from '../types';
import { OWN_MARK } from './render-keepalived';

/** Resets to one client's port that are held back within a minute: two at once, then one each time TCP tries again. */
const RESETS_HELD = 6;

/** Just before IPVS, which looks at what comes in at 98. */
const BEFORE_DIRECTOR = 90;

/**
 * Run before the proxy takes requests. A member that gets a packet of a connection which it does not know holds its
 * reset back for a while. When the VIP has moved just now, such a packet has come to the wrong member; the client's TCP
 * sends it again after 0.2, 0.4 and 0.8 s, and by then the directors have told each other where it belongs. A connection
 * that nobody knows any more is reset all the same, 3 s later. Resets of connections that a program ends, and of ports
 * where nobody listens, carry an acknowledgement and are none of these.
 *
 * Whoever has answered a client keeps it: packets of a connection that this member has, if only half open, are marked, and
 * its director leads those to nobody else (`renderPrepareDirector`). A connection is told from who listens for all by its
 * address: the proxy listens at none of its own.
 *
 * The proxy's control port is root's alone: an application that is broken into must not hold or lead the cluster's requests.
 */
export const renderFirewall = ({ vip, workload }: ClusterView): string => {
  const stray = `ip saddr ${vip} tcp sport ${workload.servicePort} tcp flags & (rst | ack) == rst`;
  return `nft -f - <<END
add table ip headroom
flush table ip headroom
table ip headroom {
  set strays {
    type ipv4_addr . inet_service
    size 4096
    flags dynamic, timeout
    timeout 60s
  }
  chain own {
    type filter hook input priority ${BEFORE_DIRECTOR}
    ip daddr != ${vip} accept
    tcp dport != ${workload.servicePort} accept
    socket wildcard 1 accept
    socket transparent 0 meta mark set ${OWN_MARK}
  }
  chain output {
    type filter hook output priority 0
    ${stray} update @strays { ip daddr . tcp dport limit rate over ${RESETS_HELD}/minute burst ${RESETS_HELD} packets } accept
    ${stray} drop
    oif lo tcp dport ${PROXY_PORTS.control} meta skuid != 0 drop
  }
}
END
`;
};

export const UNDO_FIREWALL = 'nft delete table ip headroom 2>/dev/null || true\n';
