import type { FieldProblem } from '../errors';
import type { Change } from './change';
import type { Member } from './members';
import { type Refusal, refuse } from './types';

/** A node that goes, and the position (0 …) of the new VM that succeeds it; null where there is none. */
export interface Slot {
  readonly from: Member | null;
  readonly position: number | null;
}

export type Paired =
  | Refusal
  | { readonly ok: true; readonly slots: readonly Slot[]; readonly sparesTaken: readonly Member[] };

/**
 * Who succeeds whom: as the operator says, the rest in order. Spares come first among the new VMs: those that were
 * named, then as many as are ready.
 */
export function pairUp(change: Change, readySpares: readonly Member[]): Paired {
  const pairs = change.preferences.pairing ?? [];
  const problems: FieldProblem[] = [];
  const problem = (i: number, field: 'from' | 'to', message: string): number =>
    problems.push({ field: `pairing.${i}.${field}`, message });
  const namedSpares = readySpares.filter((m) => pairs.some((p) => p.to === m.vm.name));
  const sparesTaken = [...namedSpares, ...readySpares.filter((m) => !namedSpares.includes(m))].slice(
    0,
    Math.max(change.wantedNodes, 0),
  );
  const taken = new Map<number, number>();
  const positions = new Map<string, number>();
  for (const [i, pair] of pairs.entries()) {
    const from = change.goes.find((m) => m.vm.name === pair.from);
    const position = positionOf(pair.to, change.wantedNodes, sparesTaken);
    if (from === undefined) problem(i, 'from', `${pair.from} is not a node that this change replaces.`);
    if (positions.has(pair.from)) problem(i, 'from', `${pair.from} is paired twice.`);
    if (position === null)
      problem(i, 'to', `${pair.to} is neither new-1 … new-${change.wantedNodes} nor a ready spare.`);
    else if (taken.has(position)) problem(i, 'to', `${pair.to} is paired twice: one new VM succeeds one node.`);
    else taken.set(position, i);
    if (position !== null) positions.set(pair.from, position);
  }
  if (problems.length > 0) return refuse('pairing_invalid', problems[0]?.message ?? '', { fields: problems });

  const free = Array.from({ length: Math.max(change.wantedNodes, 0) }, (_, i) => i).filter((i) => !taken.has(i));
  const slots = change.goes.map(
    (from): Slot => ({ from, position: positions.get(from.vm.name) ?? free.shift() ?? null }),
  );
  return { ok: true, slots: [...slots, ...free.map((position) => ({ from: null, position }))], sparesTaken };
}

function positionOf(to: string, wanted: number, spares: readonly Member[]): number | null {
  const spare = spares.findIndex((m) => m.vm.name === to);
  if (spare >= 0) return spare;
  const position = Number(/^new-([1-9]\d*)$/.exec(to)?.[1] ?? Number.NaN) - 1;
  return position >= 0 && position < wanted ? position : null;
}
