import { GUEST, SERVICES } from '../paths';
import { UNDO_PREPARE_DIRECTOR } from '../render-director';
import { UNDO_FIREWALL } from '../render-firewall';
import type { GuestScript } from '../shell';

/** Seconds that a service may take to end by itself. */
const END_SECONDS = 10;
const PROXY_SECONDS = 1;
const WORKLOAD_SECONDS = 30;

/** VRRP ends first, which hands the VIP over; then the director; the proxy, which ends what it has accepted; the application. */
export const SHUT_ALL = `shut vrrp TERM ${END_SECONDS}
shut director TERM ${END_SECONDS}
shut proxy USR1 ${PROXY_SECONDS}
shut workload TERM ${WORKLOAD_SECONDS}
`;

/** Nothing of it starts at the next boot. */
export const leaveScript: GuestScript = {
  what: 'Leaving the cluster',
  waits: true,
  body: `
${SHUT_ALL}${UNDO_PREPARE_DIRECTOR}${UNDO_FIREWALL}rm -f ${GUEST.view} ${GUEST.viewHash} ${GUEST.node} ${GUEST.boot} ${GUEST.vrrpYield}
[ -z "$VIP" ] || ip address del "$VIP/32" dev lo 2>/dev/null || true
`,
  timeoutMs: 60_000,
};

export const logScript = (lines: number): GuestScript => ({
  what: 'Reading the log',
  waits: true,
  body: `journalctl --no-pager --output=short-iso --lines="$1" ${SERVICES.map((service) => `--unit=headroom-${service}`).join(' ')}`,
  args: [String(lines)],
});
