'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';

const TABS = [
  { label: 'People', href: '/settings/people' },
  { label: 'API tokens', href: '/settings/tokens' },
  { label: 'Sessions', href: '/settings/sessions' },
  { label: 'Sign-in', href: '/settings/sign-in' },
  { label: 'Images', href: '/settings/images' },
  { label: 'Mail', href: '/settings/mail' },
  { label: 'Notifications', href: '/settings/notifications' },
] as const;

export const SettingsTabs = () => {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className="mb-5 border-b">
      <ul className="flex gap-4 overflow-x-auto whitespace-nowrap">
        {TABS.map(({ label, href }) => (
          <li key={href}>
            <Link
              href={href}
              aria-current={path === href ? 'page' : undefined}
              className={cn(
                '-mb-px block rounded-t-sm border-transparent border-b-2 py-2 font-medium text-sm',
                path === href ? 'border-fg text-fg' : 'text-fg-2 hover:text-fg',
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
