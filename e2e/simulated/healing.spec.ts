import type { Page } from '@playwright/test';
import { z } from 'zod';
import type { NodeView } from '@/lib/domain/contract';
import { showCluster } from '../clusters';
import { callApi } from '../samples';
import { expect, test } from '../test';

const hostsSchema = z.object({ items: z.array(z.object({ state: z.string() })) });

const firstNode = async (page: Page): Promise<NodeView> => {
  const [node] = (await showCluster(page, 'shop')).nodes;
  if (node === undefined) throw new Error('shop has no node');
  return node;
};

/** The cluster runs, and this node is no part of it. */
const expectReplaced = (page: Page, name: string) =>
  expect
    .poll(
      async () => {
        const { state, nodes } = await showCluster(page, 'shop');
        return state === 'running' && nodes.every((node) => node.name !== name && node.state === 'active');
      },
      { timeout: 90_000 },
    )
    .toBe(true);

const hurt = async (page: Page, what: string, target: { readonly label: string; readonly name: string }) => {
  await page.goto('/rehearsal');
  const form = page.getByRole('region', { name: 'Hurt the lab' });
  await form.getByLabel('What happens').click();
  await page.getByRole('option', { name: what }).click();
  await form.getByLabel(target.label, { exact: true }).click();
  await page.getByRole('option', { name: new RegExp(`^${target.name}\\b`) }).click();
  await form.getByLabel('Reason').fill('drill');
  await form.getByRole('button', { name: what }).click();
};

test('the evidence of a node’s health is shown, witness by witness', async ({ console: page, keepPicture }) => {
  const { name } = await firstNode(page);
  await page.goto('/clusters/shop');
  await page.getByRole('button', { name: `Health of ${name}: healthy. Show the evidence` }).click();
  const sheet = page.getByRole('dialog', { name: `Health of ${name}` });
  await expect(sheet.getByText('process running').first()).toBeVisible();
  await expect(sheet.getByText(/keepalived (master|backup)/).first()).toBeVisible();
  await keepPicture('health');
});

test('a VM that is crashed on purpose is replaced, and the audit says who did it', async ({
  console: page,
  keepPicture,
}) => {
  const { name } = await firstNode(page);
  await hurt(page, 'Crash a VM', { label: 'VM', name });
  // The banner of alarms says it as well.
  await expect(page.getByText(`${name} was crashed`, { exact: true })).toBeVisible();
  await keepPicture('rehearsal');
  await expectReplaced(page, name);
  await page.goto('/audit');
  await expect(page.getByText(`vm/${name}`).first()).toBeVisible();
});

test('a host that is cut off is a person’s decision: confirmed off, its work starts elsewhere; restored, it is back', async ({
  console: page,
  keepPicture,
}) => {
  const { name, host } = await firstNode(page);
  await hurt(page, 'Cut a host off', { label: 'Host', name: host });
  await expect(page.getByRole('link', { name: `Rehearsal under way: ${host} is cut off.` })).toBeVisible();
  await page.goto('/');
  const alarms = page.getByRole('region', { name: /^Alarms/ });
  await expect(alarms.getByText(`Not known whether it still runs: ${host}`)).toBeVisible({ timeout: 60_000 });
  await keepPicture('alarms');
  await page.setViewportSize({ width: 375, height: 800 });
  await keepPicture('alarms-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await alarms.getByRole('button', { name: `${host} is off…` }).click();
  const dialog = page.getByRole('dialog', { name: `Is ${host} off?` });
  const confirm = dialog.getByRole('button', { name: 'It is off' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('How do you know?').fill('I pulled its cable');
  await dialog.getByLabel(/^Type/).fill(host);
  await keepPicture('confirm-off');
  await confirm.click();
  await expect(dialog).toBeHidden();
  await expectReplaced(page, name);
  await expect(alarms).toBeHidden({ timeout: 30_000 });

  await page.goto('/rehearsal');
  await page.getByRole('button', { name: `Restore: ${host} is cut off` }).click();
  await expect
    .poll(async () => hostsSchema.parse(await callApi(page, 'GET', '/hosts')).items.map(({ state }) => state), {
      timeout: 60_000,
    })
    .toEqual(['up', 'up', 'up', 'up']);
});

test('the lab is hurt and made good from the command line', async ({ installation, console: page }) => {
  const { name } = await firstNode(page);
  expect(JSON.parse(await installation.cli('lab', 'pause', name, '--reason', 'drill', '--json'))).toMatchObject({
    kind: 'pause-vm',
    target: name,
    state: 'active',
  });
  expect(await installation.cli('lab', 'faults')).toContain('pause-vm');
  expect(await installation.cli('lab', 'restore')).toContain(`pause-vm ${name}: ended`);
  expect(JSON.parse(await installation.cli('lab', 'crash-application', name, '--json'))).toMatchObject({
    kind: 'crash-application',
    target: name,
    state: 'active',
  });
  expect(await installation.cli('lab', 'restore')).toContain(`crash-application ${name}: ended`);
  expect(await installation.cli('cluster', 'health', 'shop')).toContain(name);
  expect(await installation.cli('alarm', 'list', '--all')).toContain('fence-in-doubt');
});
