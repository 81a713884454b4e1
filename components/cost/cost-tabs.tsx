'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

const TABS = [
  { label: 'Explorer', href: '/cost' },
  { label: 'Usage', href: '/cost/usage' },
  { label: 'Statements', href: '/cost/statements' },
  { label: 'Rates', href: '/cost/rates' },
  { label: 'Budgets', href: '/cost/budgets' },
  { label: 'Exports', href: '/cost/exports' },
] as const;

const isShown = (href: string, path: string): boolean =>
  href === '/cost' ? path === href : path === href || path.startsWith(`${href}/`);

export const CostTabs = () => {
  const path = usePathname();
  return (
    <nav aria-label="Cost" className="mb-5 overflow-x-auto border-b print:hidden">
      <ul className="flex gap-4">
        {TABS.map(({ label, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={isShown(href, path) ? 'page' : undefined}
              className={cn(
                '-mb-px block whitespace-nowrap rounded-t-sm border-transparent border-b-2 py-2 font-medium text-sm',
                isShown(href, path) ? 'border-fg text-fg' : 'text-fg-2 hover:text-fg',
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
};
