import type { Movement } from '@/lib/domain/contract';

interface Point {
  readonly x: number;
  readonly y: number;
}

interface MovementArcsProps {
  readonly movements: readonly Movement[];
  readonly points: ReadonlyMap<string, Point>;
}

/** A curve that leaves the straight line the further the longer it is. */
const arc = (from: Point, to: Point): string => {
  const bend = Math.min(60, Math.hypot(to.x - from.x, to.y - from.y) / 4);
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 - bend };
  return `M ${from.x} ${from.y} Q ${middle.x} ${middle.y} ${to.x} ${to.y}`;
};

/** Whose work goes where, drawn over the map while it happens. The list below the map says the same in words. */
export const MovementArcs = ({ movements, points }: MovementArcsProps) => {
  const arcs = movements.flatMap(({ operationId, pairs }) =>
    pairs.flatMap(({ from, to }) => {
      const start = points.get(from ?? '');
      const end = points.get(to ?? '');
      return start === undefined || end === undefined ? [] : [{ key: `${operationId} ${to}`, path: arc(start, end) }];
    }),
  );
  if (arcs.length === 0) return null;
  return (
    <svg aria-hidden className="pointer-events-none absolute inset-0 z-10 size-full overflow-visible">
      <defs>
        <marker id="map-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
          <path d="M 0 0 L 8 4 L 0 8 z" fill="var(--c-accent)" />
        </marker>
      </defs>
      {arcs.map(({ key, path }) => (
        <path
          key={key}
          d={path}
          fill="none"
          stroke="var(--c-accent)"
          strokeWidth="1.5"
          strokeDasharray="5 4"
          markerEnd="url(#map-arrow)"
          className="animate-flow"
        />
      ))}
    </svg>
  );
};
