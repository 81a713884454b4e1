import {
  Activity,
  Boxes,
  CircleDollarSign,
  ClipboardCheck,
  FlaskConical,
  LayoutDashboard,
  type LucideIcon,
  MonitorDot,
  Package,
  Radio,
  ScrollText,
  Server,
  Settings,
  SlidersHorizontal,
} from 'lucide-react';
import type { Permission } from '@/lib/domain/role';

export interface NavItem {
  readonly label: string;
  readonly href: string;
  readonly icon: LucideIcon;
  /** Hidden from roles without it. */
  readonly permission: Permission;
  /** Goes there after `g`. */
  readonly key: string;
  /** Words one may look for it by. */
  readonly keywords: readonly string[];
}

export const NAV: readonly NavItem[] = [
  {
    label: 'Overview',
    key: 'o',
    href: '/',
    icon: LayoutDashboard,
    permission: 'cluster.read',
    keywords: ['home', 'sites'],
  },
  {
    label: 'Clusters',
    key: 'c',
    href: '/clusters',
    icon: Boxes,
    permission: 'cluster.read',
    keywords: ['nodes', 'vip'],
  },
  {
    label: 'Hosts',
    key: 'h',
    href: '/hosts',
    icon: Server,
    permission: 'cluster.read',
    keywords: ['capacity', 'maintenance'],
  },
  {
    label: 'VMs',
    key: 'v',
    href: '/vms',
    icon: MonitorDot,
    permission: 'cluster.read',
    keywords: ['spares', 'machines'],
  },
  {
    label: 'Workloads',
    key: 'w',
    href: '/workloads',
    icon: Package,
    permission: 'cluster.read',
    keywords: ['services', 'ledger'],
  },
  {
    label: 'Policies',
    key: 'p',
    href: '/policies',
    icon: SlidersHorizontal,
    permission: 'cluster.read',
    keywords: ['rules', 'calendar', 'scaling', 'backtest'],
  },
  {
    label: 'Approvals',
    key: 'a',
    href: '/approvals',
    icon: ClipboardCheck,
    permission: 'cluster.read',
    keywords: ['recommendations', 'approve', 'reject'],
  },
  {
    label: 'Activity',
    key: 'y',
    href: '/operations',
    icon: Activity,
    permission: 'cluster.read',
    keywords: ['operations'],
  },
  {
    label: 'Events',
    key: 'e',
    href: '/events',
    icon: Radio,
    permission: 'cluster.read',
    keywords: ['history', 'changes'],
  },
  {
    label: 'Cost',
    key: 'm',
    href: '/cost',
    icon: CircleDollarSign,
    permission: 'usage.read',
    keywords: ['usage', 'statements', 'rates', 'budgets', 'billing', 'focus'],
  },
  {
    label: 'Rehearsal',
    key: 'r',
    href: '/rehearsal',
    icon: FlaskConical,
    permission: 'lab.hurt',
    keywords: ['lab', 'crash', 'power', 'cut'],
  },
  { label: 'Audit', key: 'u', href: '/audit', icon: ScrollText, permission: 'audit.read', keywords: ['trail', 'log'] },
  {
    label: 'Settings',
    key: 's',
    href: '/settings',
    icon: Settings,
    permission: 'cluster.read',
    keywords: ['people', 'tokens', 'sessions', 'mail', 'images', 'sign-in'],
  },
];

/** The item whose page, or a page below it, is shown. */
export const isCurrent = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
