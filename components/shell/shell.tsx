'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleHelp, Menu, Search } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { signOut } from 'next-auth/react';
import { Dialog as RadixDialog } from 'radix-ui';
import { type ReactNode, useState } from 'react';
import { keys } from '@/components/live/keys';
import { LiveProvider } from '@/components/live/provider';
import { type MarkRead, NoticesButton } from '@/components/personal/notices-button';
import { PreferencesProvider, type SavePreferences, usePreferences } from '@/components/personal/preferences';
import { Button } from '@/components/ui/button';
import { Kbd } from '@/components/ui/kbd';
import { toast } from '@/components/ui/toast';
import type { NoticesView, Preferences, StatusView } from '@/lib/domain/contract';
import { Banners } from './banners';
import { CommandPalette } from './command-palette';
import { Logo } from './logo';
import { type ShortcutAct, shortcutsFor } from './shortcuts';
import { ShortcutsDialog } from './shortcuts-dialog';
import { Sidebar } from './sidebar';
import { useShortcuts } from './use-shortcuts';
import type { Viewer } from './user-menu';

const find = (selector: string): HTMLElement | null => document.querySelector<HTMLElement>(selector);

interface ShellProps {
  readonly viewer: Viewer;
  readonly status: StatusView;
  readonly personal: {
    readonly preferences: Preferences;
    readonly notices: NoticesView;
    readonly save: SavePreferences;
    readonly markRead: MarkRead;
  };
  readonly children: ReactNode;
}

/** Navigation, banners, search, notifications and live data around every page of the console. */
export const Shell = ({ personal, ...props }: ShellProps) => (
  <PreferencesProvider initial={personal.preferences} save={personal.save}>
    <LiveProvider>
      <Frame personal={personal} {...props} />
    </LiveProvider>
  </PreferencesProvider>
);

const Frame = ({ viewer, status, personal, children }: ShellProps) => {
  const router = useRouter();
  const client = useQueryClient();
  const { change } = usePreferences();
  const [open, setOpen] = useState<'palette' | 'shortcuts' | null>(null);
  const [isMenuOpen, setIsMenuOpen] = useState(false);
  const search = (): void => {
    setIsMenuOpen(false);
    setOpen('palette');
  };
  const run = (act: ShortcutAct): void => {
    if (act.kind === 'go') router.push(act.href);
    else if (act.kind === 'palette') setOpen((shown) => (shown === 'palette' ? null : 'palette'));
    else if (act.kind === 'help') setOpen('shortcuts');
    else if (act.kind === 'notifications') find('[data-shortcut="notifications"]')?.click();
    else if (find('[data-list-search]') === null) search();
    else find('[data-list-search]')?.focus();
  };
  const runAct = async (act: string): Promise<void> => {
    if (act === 'theme-light') await change({ theme: 'light' });
    else if (act === 'theme-dark') await change({ theme: 'dark' });
    else if (act === 'shortcuts') setOpen('shortcuts');
    else if (act === 'sign-out') await signOut({ callbackUrl: '/signin' });
    else if (act === 'read') {
      const result = await personal.markRead({ through: new Date().toISOString() });
      if (result.ok) client.setQueryData(keys.notices, result.value);
      else toast.error(result.error.message);
    }
  };
  useShortcuts(shortcutsFor(viewer.role), run);
  const sidebar = { viewer, version: status.version };
  return (
    <>
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
          <header className="sticky top-0 z-30 flex h-12 items-center gap-2 border-b bg-canvas px-4 sm:px-6 lg:px-8 print:hidden">
            <Link
              href="/"
              className="mr-auto flex items-center gap-2 rounded-sm font-semibold text-base tracking-tight lg:hidden"
            >
              <Logo className="size-4.5" />
              Headroom
            </Link>
            <button
              type="button"
              onClick={search}
              aria-label="Search and commands"
              className="flex h-8 items-center gap-2 rounded-md px-2 text-fg-3 text-xs hover:bg-hover max-lg:size-8 max-lg:justify-center lg:mr-auto lg:w-72 lg:border lg:bg-surface lg:hover:border-line-strong pointer-coarse:h-10 max-lg:pointer-coarse:w-10"
            >
              <Search aria-hidden className="size-3.5 max-lg:size-4" />
              <span className="grow text-left max-lg:hidden">Search…</span>
              <span aria-hidden className="flex gap-0.5 max-lg:hidden pointer-coarse:hidden">
                <Kbd>Ctrl</Kbd>
                <Kbd>K</Kbd>
              </span>
            </button>
            <Button
              variant="ghost"
              size="icon"
              aria-label="Keyboard shortcuts"
              className="max-sm:hidden"
              onClick={() => setOpen('shortcuts')}
            >
              <CircleHelp aria-hidden />
            </Button>
            <NoticesButton initial={personal.notices} markRead={personal.markRead} />
            <span className="lg:hidden">
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
            </span>
          </header>
          <Banners initial={status} />
          <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
            {children}
          </main>
        </div>
      </div>
      <CommandPalette
        open={open === 'palette'}
        onOpenChange={(shown) => setOpen(shown ? 'palette' : null)}
        role={viewer.role}
        onAct={(act) => void runAct(act)}
      />
      <ShortcutsDialog
        open={open === 'shortcuts'}
        onOpenChange={(shown) => setOpen(shown ? 'shortcuts' : null)}
        role={viewer.role}
      />
    </>
  );
};
