'use client';

import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { cn } from '@/components/ui/cn';
import { roleCan } from '@/lib/domain/role';
import { ConnectionIndicator } from './connection-state';
import { Logo } from './logo';
import { isCurrent, NAV } from './nav';
import { ThemeMenu } from './theme-menu';
import { UserMenu, type Viewer } from './user-menu';

interface SidebarProps {
  readonly viewer: Viewer;
  readonly version: string;
  /** A link was followed: a drawer closes. */
  readonly onNavigate?: () => void;
}

export const Sidebar = ({ viewer, version, onNavigate }: SidebarProps) => {
  const path = usePathname();
  return (
    <div className="flex h-full flex-col gap-3 px-3 py-3">
      <div className="flex h-8 items-center justify-between px-2">
        <Link
          href="/"
          onClick={onNavigate}
          className="flex items-center gap-2 rounded-sm font-semibold text-base tracking-tight"
        >
          <Logo className="size-4.5" />
          Headroom
        </Link>
        <span className="text-2xs text-fg-3">{version}</span>
      </div>
      <nav aria-label="Main" className="min-h-0 grow overflow-y-auto">
        <ul className="flex flex-col gap-0.5">
          {NAV.filter((item) => roleCan(viewer.role, item.permission)).map(({ label, href, icon: Icon }) => {
            const current = isCurrent(href, path);
            return (
              <li key={href}>
                <Link
                  href={href}
                  onClick={onNavigate}
                  aria-current={current ? 'page' : undefined}
                  className={cn(
                    'flex h-7.5 items-center gap-2.5 rounded-md px-2 font-medium text-sm transition-colors pointer-coarse:h-10',
                    current ? 'bg-hover text-fg' : 'text-fg-2 hover:bg-hover/60 hover:text-fg',
                  )}
                >
                  <Icon aria-hidden className={cn('size-4', current ? 'text-fg' : 'text-fg-3')} />
                  {label}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
      <div className="flex flex-col gap-1 border-t pt-2">
        <div className="flex items-center justify-between px-2">
          <ConnectionIndicator />
          <ThemeMenu />
        </div>
        <UserMenu viewer={viewer} />
      </div>
    </div>
  );
};
