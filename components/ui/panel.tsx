import { type ReactNode, useId } from 'react';
import { cn } from './cn';

interface PanelProps {
  readonly title?: ReactNode;
  readonly description?: ReactNode;
  /** Buttons or links at the right of the title. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  /** Without inner space, for tables and lists that reach the edges. */
  readonly flush?: boolean;
  readonly className?: string;
}

/** A titled part of a page. */
export const Panel = ({ title, description, actions, children, flush = false, className }: PanelProps) => {
  const id = useId();
  return (
    <section
      aria-labelledby={title === undefined ? undefined : id}
      className={cn('min-w-0 rounded-lg border bg-surface', className)}
    >
      {title !== undefined && (
        <header className="flex min-h-11 flex-wrap items-center justify-between gap-x-4 gap-y-1 border-b px-4 py-1.5">
          <div className="min-w-0">
            <h2 id={id} className="font-semibold text-fg text-sm">
              {title}
            </h2>
            {description !== undefined && <p className="text-fg-3 text-xs">{description}</p>}
          </div>
          {actions !== undefined && <div className="flex items-center gap-2">{actions}</div>}
        </header>
      )}
      <div className={flush ? undefined : 'p-4'}>{children}</div>
    </section>
  );
};
