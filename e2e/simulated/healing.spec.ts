import type { Page } from '@playwright/test';
import type { Installation } from '../../lib/setup/testing-installation';
import { expect, test } from '../test';

interface Node {
  readonly name: string;
  readonly host: string;
  readonly state: string;
}

const shop = async (installation: Installation): Promise<{ readonly state: string; readonly nodes: readonly Node[] }> =>
  JSON.parse(await installation.cli('cluster', 'show', 'shop', '--json'));

const firstNode = async (installation: Installation): Promise<Node> => {
  const [node] = (await shop(installation)).nodes;
  if (node === undefined) throw new Error('shop has no node');
  return node;
};

/** The cluster runs, and this node is no part of it. */
const expectReplaced = (installation: Installation, name: string) =>
  expect
    .poll(
      async () => {
        const { state, nodes } = await shop(installation);
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

test('the evidence of a node’s health is shown, witness by witness', async ({
  installation,
  console: page,
  keepPicture,
}) => {
  const { name } = await firstNode(installation);
  await page.goto('/clusters/shop');
  await page.getByRole('button', { name: `Health of ${name}: healthy. Show the evidence` }).click();
  const sheet = page.getByRole('dialog', { name: `Health of ${name}` });
  await expect(sheet.getByText('process running').first()).toBeVisible();
  await expect(sheet.getByText(/keepalived (master|backup)/).first()).toBeVisible();
  await keepPicture('health');
});

test('a VM that is crashed on purpose is replaced, and the audit says who did it', async ({
  installation,
  console: page,
  keepPicture,
}) => {
  const { name } = await firstNode(installation);
  await hurt(page, 'Crash a VM', { label: 'VM', name });
  // The banner of alarms says it as well.
  await expect(page.getByText(`${name} was crashed`, { exact: true })).toBeVisible();
  await keepPicture('rehearsal');
  await expectReplaced(installation, name);
  await page.goto('/audit');
  await expect(page.getByText(`vm/${name}`).first()).toBeVisible();
});

test('a host that is cut off is a person’s decision: confirmed off, its work starts elsewhere; restored, it is back', async ({
  installation,
  console: page,
  keepPicture,
}) => {
  const { name, host } = await firstNode(installation);
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
  await expectReplaced(installation, name);
  await expect(alarms).toBeHidden({ timeout: 30_000 });

  await page.goto('/rehearsal');
  await page.getByRole('button', { name: `Restore: ${host} is cut off` }).click();
  await expect
    .poll(
      async () => JSON.parse(await installation.cli('host', 'list', '--json')).map((h: { state: string }) => h.state),
      {
        timeout: 60_000,
      },
    )
    .toEqual(['up', 'up', 'up', 'up']);
});

test('the lab is hurt and made good from the command line', async ({ installation }) => {
  const { name } = await firstNode(installation);
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
