import { latestOperation } from '../operations';
import { type Person, signIn } from '../people';
import { expect, keepPicture, test } from '../test';

const ON_CALL: Person = { name: 'Otto Oncall', email: 'otto@example.org', password: 'a password of otto' };
const PHONE = { width: 375, height: 812 };

test('a change is sent for approval, and somebody else approves it on a phone', async ({
  installation,
  console: page,
  browser,
  keepPicture: keep,
}) => {
  const made = await page.request.post('/api/v1/users', {
    data: { ...ON_CALL, role: 'oncall' },
    headers: { origin: installation.url },
  });
  expect(made.status()).toBe(201);
  await page.goto('/clusters/shop');
  await page.getByRole('button', { name: 'Change requirements' }).click();
  const sheet = page.getByRole('dialog', { name: 'Change requirements of shop' });
  await sheet.getByRole('slider', { name: 'Nodes' }).press('ArrowRight');
  await sheet.getByLabel('Reason').fill('a sale begins');
  await sheet.getByRole('button', { name: 'Send for approval' }).click();
  await expect(page).toHaveURL(/\/approvals\//);
  await expect(page.getByText('a sale begins')).toBeVisible();
  await page.getByRole('button', { name: 'Approve' }).click();
  await expect(page.getByText('somebody else has to approve it')).toBeVisible();
  await keep('change-request');

  await page.goto('/');
  await page
    .getByRole('region', { name: 'Needs you now' })
    .getByRole('link', { name: '1 change waits for approval' })
    .click();
  await expect(page).toHaveURL(/\/approvals$/);

  const theirs = await browser.newContext({ baseURL: installation.url });
  const phone = await theirs.newPage();
  await signIn(phone, installation.url, ON_CALL);
  await phone.setViewportSize(PHONE);
  await phone.goto('/approvals');
  await phone.getByRole('button', { name: 'Approve' }).click();
  await expect(phone.getByText('Nothing waits for you')).toBeVisible();
  await keepPicture(phone, 'change-request-phone');
  await expect.poll(async () => (await latestOperation(page, 'shop')).state, { timeout: 90_000 }).toBe('done');
  const operation = await latestOperation(page, 'shop');
  expect(operation).toMatchObject({ approvedBy: ON_CALL.email, reason: 'a sale begins' });
  await theirs.close();

  // As it was, for what comes after.
  await installation.cli('cluster', 'change', 'shop', '--nodes', '2', '--json');
});
