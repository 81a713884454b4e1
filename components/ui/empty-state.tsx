import type { ReactNode } from 'react';
import { cn } from './cn';

interface StateProps {
  readonly icon?: ReactNode;
  readonly title: string;
  /** What this place will show, or why there is nothing. */
  readonly children?: ReactNode;
  /** The next thing to do. */
  readonly action?: ReactNode;
  readonly className?: string;
}

export const EmptyState = ({ icon, title, children, action, className }: StateProps) => (
  <div className={cn('flex flex-col items-center gap-1 px-6 py-12 text-center', className)}>
    {icon !== undefined && (
      <div
        aria-hidden
        className="mb-2 flex size-9 items-center justify-center rounded-lg border text-fg-3 [&_svg]:size-4"
      >
        {icon}
      </div>
    )}
    <p className="font-medium text-fg text-sm">{title}</p>
    {children !== undefined && <div className="max-w-sm text-balance text-fg-2 text-sm">{children}</div>}
    {action !== undefined && <div className="mt-3 flex flex-wrap justify-center gap-2">{action}</div>}
  </div>
);
