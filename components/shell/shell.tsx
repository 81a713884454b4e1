'use client';

import { Menu } from 'lucide-react';
import Link from 'next/link';
import { Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useEffect, useState } from 'react';
import { LiveProvider } from '@/components/live/provider';
import { Button } from '@/components/ui/button';
import type { StatusView } from '@/lib/domain/contract';
import { Banners } from './banners';
import { CommandPalette } from './command-palette';
import { Logo } from './logo';
import { Sidebar } from './sidebar';
import type { Viewer } from './user-menu';

interface ShellProps {
  readonly viewer: Viewer;
  readonly status: StatusView;
  readonly children: ReactNode;
}

const useShortcut = (run: () => void): void => {
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      run();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [run]);
};

/** Navigation, banners and live data around every page of the console. */
export const Shell = ({ viewer, status, children }: ShellProps) => {
  const [isSearching, setIsSearching] = useState(false);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const [toggleSearch] = useState(() => () => setIsSearching((open) => !open));
  useShortcut(toggleSearch);
  const search = (): void => {
    setIsMenuOpen(false);
    setIsSearching(true);
  };
  const sidebar = { viewer, version: status.version, onSearch: search };
  return (
    <LiveProvider>
      <a
        href="#content"
        className="fixed top-2 left-2 z-60 -translate-y-16 rounded-md bg-accent px-3 py-1.5 font-medium text-accent-fg text-sm focus:translate-y-0"
      >
        Skip to content
      </a>
      <div className="flex min-h-dvh">
        <aside className="sticky top-0 hidden h-dvh w-56 shrink-0 border-r lg:block print:hidden">
          <Sidebar {...sidebar} />
        </aside>
        <div className="flex min-w-0 grow flex-col">
          <header className="sticky top-0 z-30 flex h-12 items-center justify-between border-b bg-canvas px-4 sm:px-6 lg:hidden print:hidden">
            <Link href="/" className="flex items-center gap-2 rounded-sm font-semibold text-base tracking-tight">
              <Logo className="size-4.5" />
              Headroom
            </Link>
            <RadixDialog.Root open={isMenuOpen} onOpenChange={setIsMenuOpen}>
              <RadixDialog.Trigger asChild>
                <Button variant="ghost" size="icon" aria-label="Menu" className="-mr-2">
                  <Menu aria-hidden />
                </Button>
              </RadixDialog.Trigger>
              <RadixDialog.Portal>
                <RadixDialog.Overlay className="fixed inset-0 z-40 animate-in bg-overlay" />
                <RadixDialog.Content
                  aria-describedby={undefined}
                  className="fixed inset-y-0 right-0 z-50 w-72 max-w-[85vw] bg-canvas shadow-pop outline-none data-[state=closed]:animate-slide-out data-[state=open]:animate-slide-in"
                >
                  <RadixDialog.Title className="sr-only">Menu</RadixDialog.Title>
                  <Sidebar {...sidebar} onNavigate={() => setIsMenuOpen(false)} />
                </RadixDialog.Content>
              </RadixDialog.Portal>
            </RadixDialog.Root>
          </header>
          <Banners initial={status} />
          <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
            {children}
          </main>
        </div>
      </div>
      <CommandPalette open={isSearching} onOpenChange={setIsSearching} role={viewer.role} />
    </LiveProvider>
  );
};
