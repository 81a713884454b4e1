import type { ComponentProps, ReactNode } from 'react';
import { cn } from './cn';
import { ScrollX } from './scroll-x';

interface TableProps extends ComponentProps<'table'> {
  /** Says what the rows are, for those who cannot see it. */
  readonly label: string;
}

/** Scrolls sideways on its own where the page is narrow. */
export const Table = ({ label, className, ...props }: TableProps) => (
  <ScrollX label={label}>
    <table
      aria-label={label}
      className={cn('w-full border-separate border-spacing-0 text-left text-sm', className)}
      {...props}
    />
  </ScrollX>
);

export const TableHead = ({ children }: { readonly children: ReactNode }) => (
  <thead>
    <tr>{children}</tr>
  </thead>
);

export const TableBody = (props: ComponentProps<'tbody'>) => <tbody {...props} />;

export const TableRow = ({ className, ...props }: ComponentProps<'tr'>) => (
  <tr className={cn('transition-colors hover:bg-subtle/60 [&:last-child>td]:border-b-0', className)} {...props} />
);

interface CellProps {
  /** Numbers stand at the right. */
  readonly numeric?: boolean;
}

export const TableHeader = ({ numeric = false, className, ...props }: ComponentProps<'th'> & CellProps) => (
  <th
    scope="col"
    className={cn(
      'h-8 whitespace-nowrap border-b px-3 font-medium text-fg-3 text-xs first:pl-4 last:pr-4',
      numeric && 'text-right',
      className,
    )}
    {...props}
  />
);

export const TableCell = ({ numeric = false, className, ...props }: ComponentProps<'td'> & CellProps) => (
  <td
    className={cn(
      'h-10 border-b px-3 py-1.5 align-middle text-fg-2 first:pl-4 first:text-fg last:pr-4',
      numeric && 'whitespace-nowrap text-right tabular-nums',
      className,
    )}
    {...props}
  />
);
