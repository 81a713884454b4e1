'use client';

import { Dialog } from '@/components/ui/dialog';
import { Kbd } from '@/components/ui/kbd';
import type { Role } from '@/lib/domain/role';
import { type Shortcut, shortcutsFor } from './shortcuts';

const GROUPS = ['Go to', 'Anywhere', 'In a list'] as const;
const PALETTE: Shortcut = { keys: ['Ctrl', 'K'], label: 'Search and commands (⌘ K on a Mac)', group: 'Anywhere' };
const ESCAPE: Shortcut = { keys: ['Esc'], label: 'Close what is open', group: 'Anywhere' };

interface ShortcutsDialogProps {
  readonly open: boolean;
  readonly onOpenChange: (open: boolean) => void;
  readonly role: Role;
}

export const ShortcutsDialog = ({ open, onOpenChange, role }: ShortcutsDialogProps) => {
  const all: readonly Shortcut[] = [PALETTE, ESCAPE, ...shortcutsFor(role)];
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title="Keyboard shortcuts">
      <div className="grid gap-5 sm:grid-cols-2">
        {GROUPS.map((group) => (
          <section key={group} aria-label={group} className={group === 'Go to' ? 'sm:row-span-2' : undefined}>
            <h3 className="mb-1.5 font-medium text-fg-3 text-xs">{group}</h3>
            <ul className="flex flex-col gap-1.5">
              {all
                .filter((one) => one.group === group)
                .map(({ keys, label }) => (
                  <li key={label} className="flex items-center justify-between gap-3 text-sm">
                    <span>{label}</span>
                    <span className="flex shrink-0 gap-1">
                      {keys.map((key) => (
                        <Kbd key={key}>{key}</Kbd>
                      ))}
                    </span>
                  </li>
                ))}
            </ul>
          </section>
        ))}
      </div>
    </Dialog>
  );
};
