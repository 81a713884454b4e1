'use client';

import { NavTabs } from '@/components/ui/nav-tabs';

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

export const CostTabs = () => <NavTabs label="Cost" tabs={TABS} isShown={isShown} />;
