'use client';

import { ChevronsUpDown, LogOut, ShieldCheck, SlidersHorizontal } from 'lucide-react';
import Link from 'next/link';
import { signOut } from '@/components/auth/sign-out';
import { Badge } from '@/components/ui/badge';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import type { Role } from '@/lib/domain/role';

export interface Viewer {
  readonly name: string;
  readonly role: Role;
}

export const UserMenu = ({ viewer }: { readonly viewer: Viewer }) => (
  <DropdownMenu>
    <DropdownMenuTrigger className="flex w-full min-w-0 items-center gap-2 rounded-md px-2 py-1.5 text-left hover:bg-hover data-[state=open]:bg-hover">
      <span
        aria-hidden
        className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-2xs text-accent-text uppercase"
      >
        {viewer.name.slice(0, 1)}
      </span>
      <span className="min-w-0 grow">
        <span className="block truncate text-fg text-xs leading-4">{viewer.name}</span>
        <span className="block text-2xs text-fg-3 leading-3.5">{viewer.role}</span>
      </span>
      <ChevronsUpDown aria-hidden className="size-3 shrink-0 text-fg-3" />
      <span className="sr-only">Account</span>
    </DropdownMenuTrigger>
    <DropdownMenuContent align="start" side="top" className="w-56">
      <DropdownMenuLabel className="flex items-center justify-between gap-2">
        <span className="truncate">{viewer.name}</span>
        <Badge>{viewer.role}</Badge>
      </DropdownMenuLabel>
      <DropdownMenuSeparator />
      <DropdownMenuItem asChild>
        <Link href="/account">
          <SlidersHorizontal aria-hidden /> Preferences
        </Link>
      </DropdownMenuItem>
      <DropdownMenuItem asChild>
        <Link href="/account/security">
          <ShieldCheck aria-hidden /> Account security
        </Link>
      </DropdownMenuItem>
      <DropdownMenuSeparator />
      <DropdownMenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden /> Sign out
      </DropdownMenuItem>
    </DropdownMenuContent>
  </DropdownMenu>
);
