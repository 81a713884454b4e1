import { ChevronRight } from 'lucide-react';
import Link from 'next/link';

export interface Crumb {
  readonly label: string;
  readonly href: string;
}

/** The way here; the page itself is not in it. */
export const Breadcrumbs = ({ items }: { readonly items: readonly Crumb[] }) => (
  <nav aria-label="Breadcrumbs">
    <ol className="flex items-center gap-1 text-fg-3 text-xs">
      {items.map((item) => (
        <li key={item.href} className="flex items-center gap-1">
          <Link href={item.href} className="rounded-sm hover:text-fg">
            {item.label}
          </Link>
          <ChevronRight aria-hidden className="size-3" />
        </li>
      ))}
    </ol>
  </nav>
);
