/** Names and ids of things that exist in the installation that is walked. */
export interface RouteSamples {
  readonly cluster: string;
  readonly host: string;
  /** A VM's name. */
  readonly vm: string;
  readonly workload: string;
  readonly policy: string;
  readonly recommendation: string;
  readonly operation: string;
  readonly statement: string;
  readonly usage: string;
}

export interface ConsoleRoute {
  /** The page's file: `app/(group)<page>/page.tsx`. */
  readonly page: string;
  /** Begins the names of its pictures. */
  readonly name: string;
  /** Its h1. */
  readonly heading: string | RegExp | ((samples: RouteSamples) => string);
  /** The address of a sample; `page` itself when left out. */
  readonly path?: (samples: RouteSamples) => string;
  /** Where it sends on to; left out of pages that show something themselves. */
  readonly leadsTo?: RegExp;
  /** Shown to whoever is not signed in, to whom alone it means something. */
  readonly isPublic?: true;
}

/** Every page of the app, each once. `app/routes.test.ts` holds it against the folders. */
export const ROUTES: readonly ConsoleRoute[] = [
  { page: '/', name: 'overview', heading: 'Overview' },
  { page: '/clusters', name: 'clusters', heading: 'Clusters' },
  { page: '/clusters/new', name: 'cluster-new', heading: /cluster/i },
  { page: '/clusters/[id]', name: 'cluster', heading: (s) => s.cluster, path: (s) => `/clusters/${s.cluster}` },
  { page: '/hosts', name: 'hosts', heading: 'Hosts' },
  { page: '/hosts/[name]', name: 'host', heading: (s) => s.host, path: (s) => `/hosts/${s.host}` },
  { page: '/vms', name: 'vms', heading: 'VMs' },
  { page: '/vms/[id]', name: 'vm', heading: (s) => s.vm, path: (s) => `/vms/${s.vm}` },
  { page: '/workloads', name: 'workloads', heading: 'Workloads' },
  { page: '/workloads/[name]', name: 'workload', heading: (s) => s.workload, path: (s) => `/workloads/${s.workload}` },
  { page: '/policies', name: 'policies', heading: 'Policies' },
  { page: '/policies/new', name: 'policy-new', heading: 'Add policy' },
  { page: '/policies/calendar', name: 'policies-calendar', heading: /^Calendar \d+$/ },
  { page: '/policies/[name]', name: 'policy', heading: (s) => s.policy, path: (s) => `/policies/${s.policy}` },
  {
    page: '/policies/[name]/edit',
    name: 'policy-edit',
    heading: (s) => `Change ${s.policy}`,
    path: (s) => `/policies/${s.policy}/edit`,
  },
  { page: '/approvals', name: 'approvals', heading: 'Approvals' },
  { page: '/approvals/[id]', name: 'approval', heading: /./, path: (s) => `/approvals/${s.recommendation}` },
  { page: '/operations', name: 'operations', heading: 'Activity' },
  { page: '/operations/[id]', name: 'operation', heading: /./, path: (s) => `/operations/${s.operation}` },
  { page: '/events', name: 'events', heading: 'Events' },
  { page: '/rehearsal', name: 'rehearsal', heading: 'Rehearsal' },
  { page: '/cost', name: 'cost', heading: 'Cost' },
  { page: '/cost/usage', name: 'usage', heading: 'Usage' },
  { page: '/cost/usage/[id]', name: 'usage-interval', heading: /./, path: (s) => `/cost/usage/${s.usage}` },
  { page: '/cost/rates', name: 'rates', heading: 'Rates' },
  { page: '/cost/budgets', name: 'budgets', heading: 'Budgets' },
  { page: '/cost/statements', name: 'statements', heading: 'Statements' },
  { page: '/cost/statements/[id]', name: 'statement', heading: /./, path: (s) => `/cost/statements/${s.statement}` },
  { page: '/cost/exports', name: 'exports', heading: 'Exports' },
  { page: '/audit', name: 'audit', heading: 'Audit' },
  { page: '/settings', name: 'settings', heading: 'Settings', leadsTo: /\/settings\/\w+/ },
  // Whoever need not set it up is sent on.
  { page: '/two-factor', name: 'two-factor', heading: 'Account security', leadsTo: /\/account\/security/ },
  { page: '/account/security', name: 'account-security', heading: 'Account security' },
  { page: '/settings/images', name: 'settings-images', heading: 'Settings' },
  { page: '/settings/mail', name: 'settings-mail', heading: 'Settings' },
  { page: '/settings/sign-in', name: 'settings-sign-in', heading: 'Settings' },
  { page: '/settings/sessions', name: 'settings-sessions', heading: 'Settings' },
  { page: '/settings/people', name: 'people', heading: 'Settings' },
  { page: '/settings/notifications', name: 'notification-channels', heading: 'Settings' },
  { page: '/settings/tokens', name: 'tokens', heading: 'Settings' },
  { page: '/account', name: 'preferences', heading: 'Preferences' },
  { page: '/signin', name: 'signin', heading: /Sign in|Headroom/, isPublic: true },
  { page: '/decide', name: 'decide', heading: 'This link does not open', isPublic: true },
  { page: '/setup', name: 'setup', heading: 'Headroom is set up', isPublic: true },
];

export const pathOf = (route: ConsoleRoute, samples: RouteSamples): string => route.path?.(samples) ?? route.page;

export const headingOf = ({ heading }: ConsoleRoute, samples: RouteSamples): string | RegExp =>
  typeof heading === 'function' ? heading(samples) : heading;
