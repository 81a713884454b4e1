import type { ClusterMember, ClusterView } from '../types';
import { GUEST, NETWORK_CARD } from './paths';

/** VRRP advert interval: a lost holder is missed after about three of them. Below 0.03 s false take-overs begin. */
const ADVERT_SECONDS = 0.1;

/** Mark of packets that come from a client. */
export const CLIENT_MARK = 1;

/** Mark of packets of connections that this member has itself: no virtual server is asked for these. */
export const OWN_MARK = 2;

/** What keepalived adds the number in the priority file to; VRRP's priorities go from 1 to 254. */
const PRIORITY_BASE = 1;

/**
 * keepalived's configuration for the VIP: VRRP v3. It never changes while a node is a member, because keepalived 2.2
 * may hang for good when its VRRP process reloads. So adverts go by multicast, which needs no list of members and
 * reaches a joiner before anybody was told of it; and priority and yielding are read from files that it watches.
 */
export const renderVrrp = (view: ClusterView, self: ClusterMember): string => `global_defs {
  router_id ${self.name}
  vrrp_version 3
  vrrp_garp_master_delay 1
  vrrp_garp_master_repeat 3
  vrrp_garp_lower_prio_repeat 1
}

track_file yield {
  file "${GUEST.vrrpYield}"
  weight 0
}

track_file deaf {
  file "${GUEST.vrrpDeaf}"
  weight 0
}

track_file priority {
  file "${GUEST.vrrpPriority}"
  weight 1
}

vrrp_instance vip {
  state BACKUP
  interface ${NETWORK_CARD}
  virtual_router_id ${view.virtualRouterId}
  priority ${PRIORITY_BASE}
  advert_int ${ADVERT_SECONDS}
  nopreempt
  virtual_ipaddress {
    ${view.vip}/32 dev ${NETWORK_CARD}
  }
  track_file {
    yield
    deaf
    priority
  }
}
`;

/** The proxies close what was silent for 75 s; what is remembered longer only stands in the way of who comes next. */
const ESTABLISHED_SECONDS = 90;
const ENDED_SECONDS = 15;

/** Content of the priority file. */
export const renderPriority = (self: ClusterMember): string => `${self.priority - PRIORITY_BASE}\n`;

/**
 * keepalived's configuration for the IPVS director, run apart from VRRP so that it can reload. It directs what is
 * marked as coming from a client (see `renderPrepareDirector`).
 *
 * Connections go to members by consistent hashing of the client's address and port (`mh` with `mh-port`), so that two
 * directors choose alike without having told each other: what was opened at the old holder just before the VIP moved
 * finds the same member through the new one. The kernel's table depends on the order of the members as well (`ip_vs_mh`
 * gives places in turn), so they are listed, and thereby added, as they joined; and one that a check finds down keeps its
 * place with weight 0 (`inhibit_on_failure`) instead of coming back as the last one. Without `mh-fallback` the connections of a member of weight 0 would be
 * dropped instead of going to the next one.
 *
 * One that joins lists itself as taking requests from the beginning. Nobody reaches it before it does, and its director may
 * be starting when that comes: what it had read by then would be in force until it reads again, and where it held the VIP by
 * then it sent to others what the last holder had given to it.
 */
export const renderDirector = (view: ClusterView, self: ClusterMember): string => `global_defs {
  router_id ${self.name}
  lvs_timeouts tcp ${ESTABLISHED_SECONDS} tcpfin ${ENDED_SECONDS}
}

virtual_server fwmark ${CLIENT_MARK} {
  delay_loop ${CHECK.everySeconds}
  lvs_sched mh
  mh-port
  mh-fallback
  lvs_method DR
${view.members.map((member) => realServer(self, member, view.workload.servicePort)).join('')}}
`;

const weightSeenBy = (self: ClusterMember, { vmId, weight, draining }: ClusterMember): number =>
  vmId === self.vmId && !draining ? Math.max(weight, 1) : weight;

/**
 * A client whose SYN went to a member that is gone sends another one after a second, which goes to a member that is there if
 * the check has found it out by then: 0.95 s at most. One that is merely late takes no new connections until it is asked
 * again.
 */
const CHECK = { everySeconds: 0.5, answerSeconds: 0.2, againSeconds: 0.05 } as const;

/**
 * Whose own proxy has ended is refused at once; whose own proxy is late is busy itself, and would be left with nobody to lead
 * to where it finds the others late as well: the kernel then refuses clients.
 */
const OWN_ANSWER_SECONDS = 5;

const realServer = (
  self: ClusterMember,
  member: ClusterMember,
  port: number,
): string => `  real_server ${member.address} {
    weight ${weightSeenBy(self, member)}
    inhibit_on_failure
    TCP_CHECK {
      connect_port ${port}
      connect_timeout ${member.vmId === self.vmId ? OWN_ANSWER_SECONDS : CHECK.answerSeconds}
      retry 1
      delay_before_retry ${CHECK.againSeconds}
      warmup 0
    }
  }
`;
