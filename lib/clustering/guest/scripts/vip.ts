import { GUEST } from '../paths';
import type { GuestScript } from '../shell';

/**
 * keepalived watches the file: with 1 in it the instance is in fault, tells so by an advert of priority 0, and the
 * best of the others takes the VIP within its skew time.
 */
export const yieldScript: GuestScript = {
  what: 'Giving the VIP up',
  body: `
installed
runs vrrp || exit 0
echo 1 > ${GUEST.vrrpYield}
tries=0
while holds_vip; do
  tries=$((tries + 1))
  [ $tries -lt 150 ] || { echo 'keepalived did not give the VIP up' >&2; exit 1; }
  pause 0.02
done
`,
};

export const standScript: GuestScript = {
  what: 'Standing for the VIP',
  body: `
installed
runs vrrp || exit 0
echo 0 > ${GUEST.vrrpYield}
`,
};
