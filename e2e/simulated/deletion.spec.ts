import { namesAt } from '../samples';
import { expect, test } from '../test';

test('a cluster is created by the command line, and deleted only by typing its name', async ({
  installation,
  console: page,
  keepPicture,
}) => {
  await installation.cli(
    'cluster',
    'create',
    'books',
    '--workload',
    'web',
    '--nodes',
    '1',
    '--vcpus',
    '1',
    '--memory',
    '256',
  );
  await page.goto('/clusters/books');
  await expect(page.getByRole('table', { name: 'Nodes of books' }).getByRole('row', { name: /books-1/ })).toBeVisible();

  await page.getByRole('button', { name: 'Delete cluster…' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete books?' });
  const confirm = dialog.getByRole('button', { name: 'Delete cluster' });
  await expect(confirm).toBeDisabled();
  await dialog.getByLabel('Type books to confirm').fill('book');
  await expect(confirm).toBeDisabled();
  await keepPicture('cluster-delete');
  await dialog.getByLabel('Type books to confirm').fill('books');
  await confirm.click();
  await expect(page).toHaveURL(/\/operations\//);

  await expect.poll(() => namesAt(page, '/clusters'), { timeout: 60_000 }).not.toContain('books');
});
