import type { ReactNode } from 'react';
import { cn } from './cn';

/** Facts about one thing: names at the left, values at the right. */
export const DescriptionList = ({
  children,
  className,
}: {
  readonly children: ReactNode;
  readonly className?: string;
}) => <dl className={cn('grid grid-cols-[minmax(6rem,auto)_1fr] gap-x-6 gap-y-2 text-sm', className)}>{children}</dl>;

export const Description = ({ term, children }: { readonly term: ReactNode; readonly children: ReactNode }) => (
  <>
    <dt className="text-fg-3">{term}</dt>
    <dd className="min-w-0 break-words text-fg">{children}</dd>
  </>
);

interface StatProps {
  readonly label: string;
  readonly value: ReactNode;
  /** A quieter remark below. */
  readonly note?: ReactNode;
  readonly className?: string;
}

/** One figure with its name. */
export const Stat = ({ label, value, note, className }: StatProps) => (
  <div className={cn('min-w-0', className)}>
    <p className="text-fg-3 text-xs">{label}</p>
    <p className="truncate font-medium text-fg text-xl tracking-tight">{value}</p>
    {note !== undefined && <p className="truncate text-fg-3 text-xs">{note}</p>}
  </div>
);
