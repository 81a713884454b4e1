'use client';

import { useQueryClient } from '@tanstack/react-query';
import { CircleHelp, Menu, Search } from 'lucide-react';
import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type ReactNode, useEffect, useState } from 'react';
import { signOut } from '@/components/auth/sign-out';
import { keys } from '@/components/live/keys';
import { LiveProvider } from '@/components/live/provider';
import { type MarkRead, NoticesButton } from '@/components/personal/notices-button';
import { PreferencesProvider, type SavePreferences, usePreferences } from '@/components/personal/preferences';
import { Button } from '@/components/ui/button';
import { MODAL } from '@/components/ui/dialog';
import { MENU_PARTS } from '@/components/ui/dropdown-menu';
import { Kbd } from '@/components/ui/kbd';
import { type OnDemand, onDemand, useOnDemand } from '@/components/ui/on-demand';
import { POPOVER_PARTS } from '@/components/ui/popover';
import { SELECT_PARTS } from '@/components/ui/select';
import { toast } from '@/components/ui/toast';
import { whenIdle } from '@/components/ui/when-idle';
import type { NoticesView, Preferences, StatusView } from '@/lib/domain/contract';
import { Banners } from './banners';
import { Logo } from './logo';
import { type ShortcutAct, shortcutsFor } from './shortcuts';
import { Sidebar } from './sidebar';
import { useShortcuts } from './use-shortcuts';
import type { Viewer } from './user-menu';

const PALETTE = onDemand(async () => (await import('./command-palette')).CommandPalette);
const SHORTCUTS = onDemand(async () => (await import('./shortcuts-dialog')).ShortcutsDialog);
const DRAWER = onDemand(async () => (await import('./drawer')).Drawer);
/** What is pressed first, in the order in which it is fetched. */
const FETCHED_WHEN_IDLE: readonly OnDemand<unknown>[] = [
  PALETTE,
  MENU_PARTS,
  POPOVER_PARTS,
  MODAL,
  SELECT_PARTS,
  DRAWER,
  SHORTCUTS,
];

/** Fetches, one after the other while the page is idle, what it does not begin with: it then opens at once. */
const useFetchedWhenIdle = (): void => {
  useEffect(() => {
    let cancel: () => void = () => undefined;
    const next = (i: number): void => {
      const code = FETCHED_WHEN_IDLE[i];
      if (code === undefined) return;
      cancel = whenIdle(() => {
        code.load().then(
          () => next(i + 1),
          () => undefined,
        );
      });
    };
    next(0);
    return () => cancel();
  }, []);
};

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
  const [open, setOpen] = useState<'palette' | 'shortcuts' | 'menu' | null>(null);
  const palette = useOnDemand(PALETTE);
  const shortcuts = useOnDemand(SHORTCUTS);
  const drawer = useOnDemand(DRAWER);
  useFetchedWhenIdle();
  useEffect(() => {
    if (open === 'palette') palette.ask();
    if (open === 'shortcuts') shortcuts.ask();
    if (open === 'menu') drawer.ask();
  }, [open, palette.ask, shortcuts.ask, drawer.ask]);
  const search = (): void => setOpen('palette');
  const openIf = (name: 'palette' | 'shortcuts' | 'menu') => (shown: boolean) => setOpen(shown ? name : null);
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
    else if (act === 'sign-out') await signOut();
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
              <Button
                variant="ghost"
                size="icon"
                aria-label="Menu"
                aria-haspopup="dialog"
                aria-expanded={open === 'menu'}
                className="-mr-2"
                onClick={() => setOpen('menu')}
              >
                <Menu aria-hidden />
              </Button>
            </span>
          </header>
          <Banners initial={status} />
          <main id="content" tabIndex={-1} className="min-w-0 grow outline-none">
            {children}
          </main>
        </div>
      </div>
      {drawer.code !== null && (
        <drawer.code open={open === 'menu'} onOpenChange={openIf('menu')}>
          <Sidebar {...sidebar} onNavigate={() => setOpen(null)} />
        </drawer.code>
      )}
      {palette.code !== null && (
        <palette.code
          open={open === 'palette'}
          onOpenChange={openIf('palette')}
          role={viewer.role}
          onAct={(act) => void runAct(act)}
        />
      )}
      {shortcuts.code !== null && (
        <shortcuts.code open={open === 'shortcuts'} onOpenChange={openIf('shortcuts')} role={viewer.role} />
      )}
    </>
  );
};
