'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

const TABS = [
  { label: 'Preferences', href: '/account' },
  { label: 'Security', href: '/account/security' },
] as const;

export const AccountTabs = () => {
  const path = usePathname();
  return (
    <nav aria-label="Account" className="mb-5 overflow-x-auto border-b">
      <ul className="flex gap-4">
        {TABS.map(({ label, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={href === path ? 'page' : undefined}
              className={cn(
                '-mb-px block whitespace-nowrap rounded-t-sm border-transparent border-b-2 py-2 font-medium text-sm',
                href === path ? 'border-fg text-fg' : 'text-fg-2 hover:text-fg',
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
