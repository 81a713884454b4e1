interface SparklineProps {
  /** Null where nothing was measured: the line is interrupted there. */
  readonly values: readonly (number | null)[];
  /** The line in words. */
  readonly label: string;
}

const WIDTH = 96;
const HEIGHT = 22;

/** Pieces of the line, each without gaps, as SVG points. */
const piecesOf = (values: readonly (number | null)[]): readonly string[] => {
  const max = Math.max(1, ...values.map((v) => v ?? 0));
  const dx = WIDTH / Math.max(1, values.length - 1);
  const pieces: string[][] = [[]];
  values.forEach((value, i) => {
    if (value === null) pieces.push([]);
    else pieces.at(-1)?.push(`${(i * dx).toFixed(1)},${(HEIGHT - 2 - (value / max) * (HEIGHT - 4)).toFixed(1)}`);
  });
  return pieces.filter((piece) => piece.length > 1).map((piece) => piece.join(' '));
};

export const Sparkline = ({ values, label }: SparklineProps) => (
  <svg role="img" aria-label={label} viewBox={`0 0 ${WIDTH} ${HEIGHT}`} className="h-5.5 w-24 shrink-0">
    <title>{label}</title>
    <line x1="0" x2={WIDTH} y1={HEIGHT - 1} y2={HEIGHT - 1} stroke="var(--c-line)" />
    {piecesOf(values).map((points) => (
      <polyline
        key={points}
        points={points}
        fill="none"
        stroke="var(--c-accent)"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
    ))}
  </svg>
);
