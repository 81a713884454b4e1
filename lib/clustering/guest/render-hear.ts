import type { ClusterMember } from '../types';
import { hexOf } from './hex-address';
import { GUEST } from './paths';

/** How often a member looks at what its director's checks found. */
const LOOK_EVERY_SECONDS = 0.5;
/** Questions in a row, one a second, that nobody answers. */
const UNANSWERED_MAX = 2;
/** Looks that an answer is good for: a question starts a process. */
const ANSWER_LASTS = 4;

/**
 * Runs beside keepalived's VRRP, in its service.
 *
 * A member stands for the VIP when it directs, and not before: its director may start seconds after its VRRP where the guest is
 * busy, and one that held the VIP meanwhile took the others' connections for its own and reset them.
 *
 * A member that cannot converse with anybody stands for the VIP no more:
 * one that sends and does not receive would keep it, or take it from a holder that is well, and nobody outside could tell
 * it. It takes two witnesses: the director's checks find every other member gone, and then nobody answers from where
 * clients stand. Others that died are one only: who is left goes on. With nobody beside it, it has nothing to give up for.
 *
 * keepalived watches the file; with 1 in it the instance is in fault. The loop starts no process while others are there.
 *
 * @param clients an address where clients stand; without one there is no second witness, and nobody gives up for that
 */
export const renderHear = (self: ClusterMember, clients: string | null): string =>
  `echo 1 > ${GUEST.vrrpDeaf}
${clients === null ? 'answered() { true; }' : `answered() { busybox ping -q -c 1 -W 1 ${clients} > /dev/null 2>&1; }`}
${renderLoop(self)}`;

const renderLoop = (self: ClusterMember): string => `hear() {
  local tick lines line deaf=1 now unanswered=0 trusted=0 directs others reached
  exec {tick}<> <(:)
  while :; do
    read -r -t ${LOOK_EVERY_SECONDS} -u "$tick" || true
    directs=0 others=0 reached=0 now=0
    mapfile -t lines < /proc/net/ip_vs || true
    for line in "\${lines[@]}"; do
      set -- $line
      [ "$1" != FWM ] || directs=1
      [ "$1" = '->' ] && [ "$4" != Weight ] || continue
      [[ $2 == ${hexOf(self.address)}:* ]] && continue
      others=$((others + 1))
      [ "$4" = 0 ] || reached=1
    done
    if [ $directs = 0 ]; then
      now=1
    elif [ $others = 0 ] || [ $reached = 1 ]; then
      unanswered=0 trusted=0
    elif [ $trusted -gt 0 ]; then
      trusted=$((trusted - 1))
    elif answered; then
      unanswered=0 trusted=${ANSWER_LASTS}
    else
      unanswered=$((unanswered + 1))
      [ $unanswered -lt ${UNANSWERED_MAX} ] || now=1
    fi
    [ $now = $deaf ] || { deaf=$now; echo $deaf > ${GUEST.vrrpDeaf}; }
  done
}
hear &
`;
