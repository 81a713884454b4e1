import type { ClusterMember, ClusterView } from '../types';
import { GUEST, NETWORK_CARD } from './paths';
import { peersOf } from './view';

/** VRRP advert interval: a lost holder is missed after about three of them. Below 0.03 s false take-overs begin. */
const ADVERT_SECONDS = 0.1;

/**
 * keepalived's configuration of a member: VRRP v3 by unicast for the VIP, and the IPVS director.
 *
 * Connections go to members by consistent hashing of the client's address and port (`mh` with `mh-port`), so that two
 * directors choose alike without having told each other: what was opened at the old holder just before the VIP moved
 * finds the same member through the new one. Established ones are also told by the sync daemon, whose id is the
 * router id, so that clusters on one wire do not mix.
 */
export const renderKeepalived = (view: ClusterView, self: ClusterMember): string => {
  const port = view.workload.servicePort;
  const peers = peersOf(view, self);
  return `global_defs {
  router_id ${self.name}
  vrrp_version 3
  vrrp_garp_master_delay 1
  vrrp_garp_master_repeat 3
  vrrp_garp_lower_prio_repeat 1
  lvs_sync_daemon ${NETWORK_CARD} inst vip id ${view.virtualRouterId}
}

track_file yield {
  file "${GUEST.vrrpYield}"
  weight 0
  init_file 0
}

vrrp_instance vip {
  state BACKUP
  interface ${NETWORK_CARD}
  virtual_router_id ${view.virtualRouterId}
  priority ${self.priority}
  advert_int ${ADVERT_SECONDS}
  nopreempt
  unicast_src_ip ${self.address}
  unicast_peer {
${peers.map((peer) => `    ${peer.address}\n`).join('')}  }
  virtual_ipaddress {
    ${view.vip}/32 dev ${NETWORK_CARD}
  }
  track_file {
    yield
  }
}

virtual_server ${view.vip} ${port} {
  delay_loop 0.5
  lvs_sched mh
  mh-port
  lvs_method DR
  protocol TCP
${view.members.map((member) => realServer(member, port)).join('')}}
`;
};

const realServer = (member: ClusterMember, port: number): string => `  real_server ${member.address} ${port} {
    weight ${member.weight}
    TCP_CHECK {
      connect_port ${port}
      connect_timeout 0.5
      retry 1
      delay_before_retry 0.1
      warmup 0
    }
  }
`;
