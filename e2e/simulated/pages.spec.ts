import { expect, test } from '../test';

const PAGES = [
  { path: '/', name: 'overview', heading: 'Overview' },
  { path: '/clusters', name: 'clusters', heading: 'Clusters' },
  { path: '/clusters/shop', name: 'cluster', heading: 'shop' },
  { path: '/clusters/new', name: 'cluster-new', heading: /cluster/i },
  { path: '/hosts', name: 'hosts', heading: 'Hosts' },
  { path: '/hosts/paris-1', name: 'host', heading: 'paris-1' },
  { path: '/vms', name: 'vms', heading: /VMs|machines/ },
  { path: '/workloads', name: 'workloads', heading: 'Workloads' },
  { path: '/policies', name: 'policies', heading: 'Policies' },
  { path: '/policies/new', name: 'policy-new-empty', heading: 'Add policy' },
  { path: '/approvals', name: 'approvals-empty', heading: 'Approvals' },
  { path: '/operations', name: 'operations', heading: /Activity|Operations/ },
  { path: '/audit', name: 'audit', heading: /Audit/ },
  { path: '/settings/people', name: 'people', heading: /People|Settings/ },
  { path: '/settings/notifications', name: 'notifications', heading: 'Settings' },
  { path: '/settings/tokens', name: 'tokens', heading: /API tokens|Settings/ },
];

for (const { path, name, heading } of PAGES) {
  test(`${path} shows itself without an error`, async ({ console: page, keepPicture }) => {
    const errors: string[] = [];
    page.on('pageerror', (error) => errors.push(error.message));
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    await page.goto(path);
    await expect(page.getByRole('heading', { name: heading, level: 1 })).toBeVisible();
    await keepPicture(name);
    expect(errors).toEqual([]);
  });
}

test('the console says that VMs are simulated', async ({ console: page }) => {
  await expect(page.getByRole('status').filter({ hasText: 'Simulated hypervisor' })).toBeVisible();
});
