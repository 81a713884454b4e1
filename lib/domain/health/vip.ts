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
