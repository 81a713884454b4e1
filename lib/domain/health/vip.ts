/** A member that says that it holds the VIP, or answers for it on the wire. */
export interface VipClaim {
  readonly vmId: string;
  readonly name: string;
  /** VRRP priority. */
  readonly priority: number;
  /** By its own word: the address is on its network card. */
  readonly claims: boolean;
  /** Clients that ask the wire for the VIP are answered by it. */
  readonly onWire: boolean;
  readonly works: boolean;
  /** By its own word: it takes the VIP when it hears no holder. */
  readonly stands: boolean;
}

/**
 * Of several holders the one that keeps the VIP: one that works before one that does not, one that clients reach before
 * one that they do not, then the highest priority. Null when there are fewer than two.
 */
export const planOneHolder = (
  claims: readonly VipClaim[],
): { readonly keeps: VipClaim; readonly gives: readonly VipClaim[] } | null => {
  const holders = claims.filter((claim) => claim.claims || claim.onWire);
  const rank = (claim: VipClaim): number => (claim.works ? 2 : 0) + (claim.onWire ? 1 : 0);
  const [keeps, ...gives] = [...holders].sort(
    (a, b) => rank(b) - rank(a) || b.priority - a.priority || (a.vmId < b.vmId ? -1 : 1),
  );
  return keeps === undefined || gives.length === 0 ? null : { keeps, gives };
};

/**
 * The one holder, if it should give the VIP up because no client reaches it: it says that it has it, nobody answers for it on
 * the wire, and another member that works stands for it. Where that is not so, nothing would be won. What it rests on is only
 * as good as the look from outside: ask it when clients have had no answer for a while.
 */
export const planGivingWay = (claims: readonly VipClaim[]): VipClaim | null => {
  const [holder, ...others] = claims.filter((claim) => claim.claims);
  if (holder === undefined || others.length > 0 || claims.some((claim) => claim.onWire)) return null;
  return claims.some((claim) => claim !== holder && claim.works && claim.stands) ? holder : null;
};
