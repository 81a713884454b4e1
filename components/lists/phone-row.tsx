import type { ReactNode } from 'react';

interface PhoneRowProps {
  /** What it is: a link where it leads somewhere. */
  readonly title: ReactNode;
  /** At the right: a state, an amount. */
  readonly end?: ReactNode;
  /** Quieter lines below. */
  readonly children?: ReactNode;
}

/** A row of a list where the page is too narrow for a table. */
export const PhoneRow = ({ title, end, children }: PhoneRowProps) => (
  <li className="flex flex-col gap-0.5 border-b px-4 py-2.5 text-sm last:border-0">
    <div className="flex min-w-0 items-baseline justify-between gap-3">
      <span className="min-w-0 break-words text-fg">{title}</span>
      {end !== undefined && <span className="shrink-0 text-fg-2 tabular-nums">{end}</span>}
    </div>
    {children !== undefined && <div className="min-w-0 break-words text-fg-3 text-xs">{children}</div>}
  </li>
);
