'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect, useRef } from 'react';
import { cn } from './cn';

interface NavTabsProps {
  readonly label: string;
  readonly tabs: readonly { readonly label: string; readonly href: string }[];
  /** Whether a tab stands for the page at a path; where nothing is said, for its own alone. */
  readonly isShown?: (href: string, path: string) => boolean;
}

const isSame = (href: string, path: string): boolean => href === path;

/** Pages that belong together, as links above each of them. */
export const NavTabs = ({ label, tabs, isShown = isSame }: NavTabsProps) => {
  const path = usePathname();
  const bar = useRef<HTMLElement>(null);
  // On a phone the tabs are wider than the page: the one that is shown must be in sight.
  // biome-ignore lint/correctness/useExhaustiveDependencies: another path has another tab
  useEffect(() => {
    const shown = bar.current?.querySelector<HTMLElement>('[aria-current="page"]');
    if (bar.current !== null && shown != null) bar.current.scrollLeft = shown.offsetLeft - bar.current.clientWidth / 3;
  }, [path]);
  return (
    <nav ref={bar} aria-label={label} className="relative mb-5 overflow-x-auto border-b print:hidden">
      <ul className="flex gap-4">
        {tabs.map(({ label: text, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isShown(href, path) ? 'page' : undefined}
              className={cn(
                '-mb-px block whitespace-nowrap rounded-t-sm border-transparent border-b-2 py-2 font-medium text-sm',
                isShown(href, path) ? 'border-fg text-fg' : 'text-fg-2 hover:text-fg',
              )}
            >
              {text}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
