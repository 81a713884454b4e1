import { GUEST, UNITS } from '../paths';
import { UNDO_PREPARE_DIRECTOR } from '../render-director';
import type { GuestScript } from '../shell';

/**
 * systemd stops in the order of the units: VRRP first, which hands the VIP over; then the director and the proxy, which ends what
 * it has accepted; then the application. Nothing of it starts at the next boot.
 */
export const leaveScript: GuestScript = {
  what: 'Leaving the cluster',
  waits: true,
  body: `
if runs $VRRP || runs $DIRECTOR || runs $PROXY || runs $WORKLOAD; then systemctl stop $VRRP $DIRECTOR $PROXY $WORKLOAD; fi
${UNDO_PREPARE_DIRECTOR}rm -f ${GUEST.view} ${GUEST.viewHash} ${GUEST.node} ${GUEST.boot} ${GUEST.vrrpYield}
[ -z "$VIP" ] || ip address del "$VIP/32" dev lo 2>/dev/null || true
`,
  timeoutMs: 60_000,
};

export const logScript = (lines: number): GuestScript => ({
  what: 'Reading the log',
  waits: true,
  body: `journalctl --no-pager --output=short-iso --lines="$1" ${Object.values(UNITS)
    .map((unit) => `--unit=${unit}`)
    .join(' ')}`,
  args: [String(lines)],
});
