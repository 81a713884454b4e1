import { z } from 'zod';
import { axeFindings } from '../axe';
import { callApi } from '../samples';
import { expect, test } from '../test';

const hostSchema = z.object({ name: z.string(), state: z.string(), vms: z.array(z.unknown()) });
const acceptedSchema = z.object({ operations: z.array(z.object({ id: z.string() })) });
const operationSchema = z.object({ state: z.string() });

test('labels are added, filtered by, and removed', async ({ console: page, keepPicture }) => {
  await page.goto('/hosts/lyon-1');
  const labels = page.getByRole('region', { name: 'Labels' });
  await labels.getByRole('button', { name: 'Edit labels of lyon-1' }).click();
  await labels.getByLabel('Host lyon-1').fill('no=spaces=twice');
  await labels.getByRole('button', { name: 'Save labels' }).click();
  await expect(labels.getByText(/A word, or a name and a value/)).toBeVisible();
  await labels.getByLabel('Host lyon-1').fill('rack=b4 ssd');
  await labels.getByRole('button', { name: 'Save labels' }).click();
  await expect(labels.getByText('rack=b4', { exact: true })).toBeVisible();

  await page.goto('/hosts');
  const table = page.getByRole('table', { name: 'Hosts' });
  await expect(table.getByRole('row')).toHaveCount(5);
  await page.getByRole('combobox', { name: 'Label' }).click();
  await page.getByRole('option', { name: 'rack=b4' }).click();
  await expect(page).toHaveURL(/label=rack%3Db4/);
  await expect(table.getByRole('row')).toHaveCount(2);
  await expect(table.getByRole('row', { name: /lyon-1/ }).getByText('ssd')).toBeVisible();
  await keepPicture('hosts-by-label');

  await page.goto('/hosts/lyon-1');
  await labels.getByRole('button', { name: 'Edit labels of lyon-1' }).click();
  await labels.getByLabel('Host lyon-1').fill('');
  await labels.getByRole('button', { name: 'Save labels' }).click();
  await expect(labels.getByText('rack=b4', { exact: true })).toHaveCount(0);
});

test('a host is emptied while one watches, and maintenance that is ended cancels what is under way', async ({
  console: page,
  keepPicture,
}) => {
  const showHost = async (name: string) => hostSchema.parse(await callApi(page, 'GET', `/hosts/${name}`));
  const { items } = z.object({ items: z.array(hostSchema) }).parse(await callApi(page, 'GET', '/hosts'));
  const busy = items.find(({ vms }) => vms.length > 0)?.name ?? '';
  await page.goto(`/hosts/${busy}`);
  await page.getByRole('button', { name: `Maintenance of ${busy}` }).click();
  const form = page.getByRole('dialog', { name: `Maintenance of ${busy}` });
  await expect(form.getByRole('list', { name: 'What will move' }).getByRole('listitem').first()).toBeVisible();
  await form.getByLabel('Reason').fill('new disks');
  await form.getByRole('button', { name: 'Start maintenance' }).click();
  const progress = page.getByRole('dialog', { name: `${busy} is in maintenance` });
  const moving = progress.getByRole('list', { name: 'Operations' });
  await expect(moving.getByRole('link', { name: /^Evacuate/ }).first()).toBeVisible();
  expect(await axeFindings(page)).toEqual([]);
  await keepPicture('maintenance-progress');
  await expect(moving.getByText('done', { exact: true }).first()).toBeVisible({ timeout: 60_000 });
  await expect.poll(async () => (await showHost(busy)).vms.length, { timeout: 60_000 }).toBe(0);
  await progress.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('button', { name: `End maintenance of ${busy}` }).click();
  await page.getByRole('button', { name: 'End maintenance', exact: true }).click();
  await expect(page.getByRole('button', { name: `Maintenance of ${busy}`, exact: true })).toBeVisible();
  expect(await showHost(busy)).toMatchObject({ state: 'up', vms: [] });

  const next = items.find(({ name, vms }) => name !== busy && vms.length > 0)?.name ?? '';
  await page.goto(`/hosts/${next}`);
  const accepted = acceptedSchema.parse(
    await callApi(page, 'POST', `/hosts/${next}/maintenance`, { enabled: true, reason: 'a slip' }),
  );
  await page.getByRole('button', { name: `End maintenance of ${next}` }).click();
  await page.getByRole('button', { name: 'End maintenance', exact: true }).click();
  await expect(page.getByRole('button', { name: `Maintenance of ${next}`, exact: true })).toBeVisible();
  for (const { id } of accepted.operations) {
    // Where traffic had moved by then it goes on to its end.
    await expect
      .poll(async () => operationSchema.parse(await callApi(page, 'GET', `/operations/${id}`)).state, {
        timeout: 60_000,
      })
      .toMatch(/^(cancelled|done)$/);
  }
  expect((await showHost(next)).state).toBe('up');
});
