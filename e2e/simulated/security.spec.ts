import { ADMINISTRATOR, signIn } from '../people';
import { expect, keepPicture, test, watchViolations } from '../test';

const LEE = { name: 'Lee', email: 'lee@example.org', password: 'a password of lee' };

test('markup that found its way into a page runs nothing, and the check of every other test would notice', async ({
  installation,
  session,
  browser,
}) => {
  const context = await browser.newContext({ storageState: session, baseURL: installation.url });
  const violations = await watchViolations(context);
  const page = await context.newPage();
  const answer = await page.goto('/');
  expect(answer?.headers()['content-security-policy']).toMatch(/script-src 'self' 'nonce-[\w=]+' 'strict-dynamic'/);
  expect(violations).toEqual([]);
  await page.evaluate(() => {
    document.body.insertAdjacentHTML('beforeend', '<img src="x" onerror="document.documentElement.dataset.ran = 1">');
  });
  await expect.poll(() => violations.length).toBeGreaterThan(0);
  await expect(page.locator('html')).not.toHaveAttribute('data-ran');
  await context.close();
});

test('pages outside of the console keep their policy too', async ({ installation, session, browser }) => {
  expect(session.cookies).not.toHaveLength(0);
  const context = await browser.newContext({ baseURL: installation.url });
  const violations = await watchViolations(context);
  const page = await context.newPage();
  for (const path of ['/signin', '/setup?token=x', '/signin/nowhere']) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
  expect(violations).toEqual([]);
  await context.close();
});

test('a person changes their password, and ends sessions; an administrator sees and ends theirs', async ({
  installation,
  console: admin,
  browser,
  keepPicture: keep,
}) => {
  await admin.goto('/settings/people');
  await admin.getByRole('button', { name: 'Add person' }).click();
  const form = admin.getByRole('dialog');
  await form.getByLabel('Name').fill(LEE.name);
  await form.getByLabel('E-mail').fill(LEE.email);
  await form.getByLabel('First password').fill(LEE.password);
  await form.getByRole('button', { name: 'Add person' }).click();
  await expect(admin.getByRole('row', { name: LEE.email })).toBeVisible();

  const [here, there] = await Promise.all([browser.newContext(), browser.newContext()]);
  const violations = await watchViolations(here);
  const page = await here.newPage();
  const other = await there.newPage();
  await signIn(page, installation.url, LEE);
  await signIn(other, installation.url, LEE);

  await page.getByRole('button', { name: LEE.email }).click();
  await page.getByRole('menuitem', { name: 'Account security' }).click();
  await expect(page.getByRole('heading', { name: 'Account security', level: 1 })).toBeVisible();
  await expect(page.getByRole('table', { name: 'Sessions' }).getByRole('row')).toHaveCount(3);
  await page.getByLabel('Present password').fill('not it at all');
  await page.getByLabel('New password', { exact: true }).fill('a newer password of lee');
  await page.getByLabel('New password, again').fill('a newer password of lee');
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('This is not your present password.')).toBeVisible();
  await keepPicture(page, 'account-security');
  await page.getByLabel('Present password').fill(LEE.password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await expect(page.getByText('one other session ended')).toBeVisible();
  await other.goto(`${installation.url}/clusters`);
  await expect(other).toHaveURL(/\/signin/);

  await admin.goto('/settings/sessions');
  await expect(admin.getByRole('row', { name: ADMINISTRATOR.email })).toBeVisible();
  await keep('settings-sessions');
  await admin.getByRole('button', { name: `End session of ${LEE.email}` }).click();
  await admin.getByRole('button', { name: 'End session', exact: true }).click();
  await expect(admin.getByRole('row', { name: LEE.email })).toHaveCount(0);
  // The page that stood open may go there by itself at any moment.
  const another = await here.newPage();
  await another.goto(`${installation.url}/clusters`);
  await expect(another).toHaveURL(/\/signin/);
  expect(violations).toEqual([]);
  await here.close();
  await there.close();
});
