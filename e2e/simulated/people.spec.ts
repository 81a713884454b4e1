import { ADMINISTRATOR, signIn, VIEWER } from '../people';
import { expect, keepPicture, test } from '../test';

test('the set-up link opens once', async ({ installation, session, browser }) => {
  expect(session.cookies).not.toHaveLength(0);
  const page = await browser.newPage();
  await page.goto(installation.setupLink);
  await expect(page.getByRole('heading', { name: 'Headroom is set up' })).toBeVisible();
  await keepPicture(page, 'setup-used');
  await page.close();
});

test('a wrong password lets nobody in and says so', async ({ installation, session, browser }) => {
  expect(session.cookies).not.toHaveLength(0);
  const page = await browser.newPage();
  await page.goto(`${installation.url}/signin`);
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expect(page.getByRole('alert').filter({ hasText: 'do not match' })).toBeVisible();
  await keepPicture(page, 'signin-refused');
  await page.close();
  const admin = await browser.newPage({ storageState: session });
  await admin.goto(`${installation.url}/audit?action=session.`);
  const failed = admin.getByRole('row', { name: new RegExp(`session.sign-in-failed.*${ADMINISTRATOR.email}`) });
  await expect(failed.first()).toBeVisible();
  await failed.first().getByRole('button').click();
  const entry = admin.getByRole('dialog');
  await expect(entry.getByText(/"why": "password"/)).toBeVisible();
  await expect(entry.getByText(/not the password/)).toHaveCount(0);
  await admin.close();
});

test('every page of the console asks for a session', async ({ installation, browser }) => {
  const page = await browser.newPage();
  for (const path of ['/', '/clusters', '/hosts', '/vms', '/operations', '/audit', '/settings/people']) {
    await page.goto(installation.url + path);
    await expect(page).toHaveURL(/\/signin\?callbackUrl=/);
  }
  await page.close();
});

test('a viewer sees everything and can change nothing', async ({
  installation,
  console: page,
  browser,
  keepPicture: keep,
}) => {
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'Add person' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill(VIEWER.name);
  await form.getByLabel('E-mail').fill(VIEWER.email);
  await form.getByLabel('First password').fill(VIEWER.password);
  await form.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('row', { name: VIEWER.email })).toBeVisible();
  await keep('settings-people');

  const theirs = await browser.newContext({ baseURL: installation.url });
  const view = await theirs.newPage();
  await signIn(view, installation.url, VIEWER);
  await view.goto('/clusters/shop');
  await expect(view.getByRole('heading', { name: 'shop', level: 1 })).toBeVisible();
  for (const name of [/requirements/i, /delete/i, /^actions for/i, /load/i]) {
    await expect(view.getByRole('button', { name })).toHaveCount(0);
  }
  await view.goto('/settings/people');
  await expect(view.getByText('This is not open to your role')).toBeVisible();
  for (const path of ['/policies', '/operations', '/hosts', '/workloads', '/approvals']) {
    await view.goto(path);
    await expect(view.getByRole('heading', { level: 1 })).toBeVisible();
    for (const name of [/^add/i, /^create cluster$/i, /maintenance/i, /^cancel/i, /^approve/i, /^switch/i]) {
      await expect(view.getByRole('button', { name }), `${path} ${name}`).toHaveCount(0);
      await expect(view.getByRole('link', { name }), `${path} ${name}`).toHaveCount(0);
    }
    await expect(view.getByRole('checkbox'), `${path} selects nothing`).toHaveCount(0);
  }
  await view.keyboard.press('Control+k');
  const palette = view.getByRole('dialog', { name: 'Search and commands' });
  await palette.getByRole('combobox').fill('create');
  await expect(palette.getByRole('option', { name: /Create a cluster/ })).toHaveCount(0);
  await view.keyboard.press('Escape');
  const answer = await view.request.patch('/api/v1/clusters/shop/requirements', {
    data: { nodes: 3 },
    headers: { origin: installation.url },
  });
  expect(answer.status()).toBe(403);
  await theirs.close();
});
