'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import type { Role } from '@/lib/domain/role';
import { settingsPagesFor } from './settings-pages';

export const SettingsTabs = ({ role }: { readonly role: Role }) => {
  const path = usePathname();
  return (
    <nav aria-label="Settings" className="mb-5 border-b">
      <ul className="flex gap-4 overflow-x-auto whitespace-nowrap">
        {settingsPagesFor(role).map(({ label, href }) => (
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
