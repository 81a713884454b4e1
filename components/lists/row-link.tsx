import Link from 'next/link';
import type { ReactNode } from 'react';

/** What a row is called, as the way to it. Fetched when it is pressed: a list has many. */
export const RowLink = ({ href, children }: { readonly href: string; readonly children: ReactNode }) => (
  <Link prefetch={false} href={href} className="whitespace-nowrap rounded-sm font-medium text-fg hover:underline">
    {children}
  </Link>
);
