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
  /** Words one may look for it by. */
  readonly keywords: readonly string[];
}

export const NAV: readonly NavItem[] = [
  { label: 'Overview', href: '/', icon: LayoutDashboard, permission: 'cluster.read', keywords: ['home', 'sites'] },
  { label: 'Clusters', href: '/clusters', icon: Boxes, permission: 'cluster.read', keywords: ['nodes', 'vip'] },
  { label: 'Hosts', href: '/hosts', icon: Server, permission: 'cluster.read', keywords: ['capacity', 'maintenance'] },
  { label: 'VMs', href: '/vms', icon: MonitorDot, permission: 'cluster.read', keywords: ['spares', 'machines'] },
  {
    label: 'Workloads',
    href: '/workloads',
    icon: Package,
    permission: 'cluster.read',
    keywords: ['services', 'ledger'],
  },
  {
    label: 'Policies',
    href: '/policies',
    icon: SlidersHorizontal,
    permission: 'cluster.read',
    keywords: ['rules', 'calendar', 'scaling', 'backtest'],
  },
  {
    label: 'Approvals',
    href: '/approvals',
    icon: ClipboardCheck,
    permission: 'cluster.read',
    keywords: ['recommendations', 'approve', 'reject'],
  },
  { label: 'Activity', href: '/operations', icon: Activity, permission: 'cluster.read', keywords: ['operations'] },
  {
    label: 'Cost',
    href: '/cost',
    icon: CircleDollarSign,
    permission: 'usage.read',
    keywords: ['usage', 'statements', 'rates', 'budgets', 'billing', 'focus'],
  },
  {
    label: 'Rehearsal',
    href: '/rehearsal',
    icon: FlaskConical,
    permission: 'lab.hurt',
    keywords: ['lab', 'crash', 'power', 'cut'],
  },
  { label: 'Audit', href: '/audit', icon: ScrollText, permission: 'audit.read', keywords: ['trail', 'log'] },
  {
    label: 'Settings',
    href: '/settings',
    icon: Settings,
    permission: 'cluster.read',
    keywords: ['people', 'tokens', 'sessions', 'mail', 'images', 'sign-in'],
  },
];

/** The item whose page, or a page below it, is shown. */
export const isCurrent = (href: string, path: string): boolean =>
  href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
