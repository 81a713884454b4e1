import { cn } from './cn';

interface MeterProps {
  /** What is measured: "vCPU". */
  readonly label: string;
  readonly used: number;
  readonly total: number;
  /** "6 / 8" in words the reader knows; the numbers themselves by default. */
  readonly text?: string;
  /** More that would be taken, such as by a plan under consideration. */
  readonly planned?: number;
  readonly compact?: boolean;
  readonly className?: string;
}

const share = (part: number, total: number): number => (total <= 0 ? 0 : Math.min(1, Math.max(0, part / total)));

/** How much of a capacity is taken. From 90 % on it is amber. */
export const Meter = ({ label, used, total, text, planned = 0, compact = false, className }: MeterProps) => {
  const taken = share(used, total);
  const shown = text ?? `${used} / ${total}`;
  return (
    <div className={cn('min-w-0', className)}>
      {!compact && (
        <div className="mb-1 flex flex-wrap items-baseline justify-between gap-x-2 text-xs">
          <span className="text-fg-3">{label}</span>
          <span className="whitespace-nowrap text-fg-2">{shown}</span>
        </div>
      )}
      {/* biome-ignore lint/a11y/useSemanticElements: the browsers' own meter cannot show a planned part */}
      <div
        role="meter"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={total}
        aria-valuenow={Math.min(used, total)}
        aria-valuetext={shown}
        className="flex h-1.5 w-full overflow-hidden rounded-full bg-track"
      >
        <div
          className={cn('h-full transition-[width] duration-500', taken >= 0.9 ? 'bg-warn-dot' : 'bg-fg-2')}
          style={{ width: `${taken * 100}%` }}
        />
        {planned > 0 && (
          <div
            className="h-full bg-accent transition-[width] duration-500"
            style={{ width: `${share(Math.min(planned, total - used), total) * 100}%` }}
          />
        )}
      </div>
    </div>
  );
};
