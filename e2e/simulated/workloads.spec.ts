import { expect, test } from '../test';

test('an own workload is added, refused by the field when it is wrong, and deleted', async ({
  console: page,
  keepPicture,
}) => {
  await page.goto('/workloads');
  await page.getByRole('button', { name: 'Add workload' }).click();
  const form = page.getByRole('dialog');
  const definition = form.getByLabel('Definition');
  const example = await definition.inputValue();

  await definition.fill(example.slice(0, -1));
  await form.getByRole('button', { name: 'Add workload' }).click();
  await expect(form.getByRole('alert').filter({ hasText: 'This is not JSON' })).toBeVisible();

  await definition.fill(JSON.stringify({ ...JSON.parse(example), port: 8404, startCommand: 'nginx' }));
  await form.getByRole('button', { name: 'Add workload' }).click();
  await expect(form.getByRole('listitem').filter({ hasText: 'startCommand' })).toContainText('An absolute path first');
  await expect(form.getByRole('listitem').filter({ hasText: 'port' })).toContainText('choose another port');
  await keepPicture('workload-refused');

  await definition.fill(example);
  await form.getByRole('button', { name: 'Add workload' }).click();
  await expect(page.getByRole('heading', { name: 'hello', level: 1 })).toBeVisible();
  await keepPicture('workload-own');

  await page.getByRole('button', { name: 'Delete workload…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete workload' }).click();
  await expect(page.getByRole('heading', { name: 'Workloads', level: 1 })).toBeVisible();
  await expect(page.getByRole('link', { name: 'hello' })).toHaveCount(0);
});

test('a built-in workload shows its clusters and offers no deletion', async ({ console: page, keepPicture }) => {
  await page.goto('/workloads/web');
  await expect(
    page.getByRole('table', { name: 'Clusters that run it' }).getByRole('link', { name: 'shop' }),
  ).toBeVisible();
  await expect(page.getByRole('button', { name: /delete/i })).toHaveCount(0);
  await keepPicture('workload-built-in');
});
