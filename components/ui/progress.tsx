import { cn } from './cn';

interface ProgressProps {
  /** 0–1; null when it is not known how far. */
  readonly value: number | null;
  readonly label: string;
  readonly tone?: 'accent' | 'ok' | 'bad';
  readonly className?: string;
}

const FILL = { accent: 'bg-accent', ok: 'bg-ok-dot', bad: 'bg-bad-dot' } as const;

export const Progress = ({ value, label, tone = 'accent', className }: ProgressProps) => {
  const percent = value === null ? null : Math.round(Math.min(1, Math.max(0, value)) * 100);
  return (
    <div
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={percent ?? undefined}
      className={cn('h-1 w-full overflow-hidden rounded-full bg-track', className)}
    >
      <div
        className={cn(
          'h-full rounded-full transition-[width] duration-300',
          FILL[tone],
          percent === null && 'w-1/4 animate-indeterminate',
        )}
        style={percent === null ? undefined : { width: `${percent}%` }}
      />
    </div>
  );
};
