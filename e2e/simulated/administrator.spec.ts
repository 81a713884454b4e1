import type { Browser, Page } from '@playwright/test';
import { Secret, TOTP } from 'otpauth';
import { startOidcProvider } from '../oidc-provider';
import { type Person, signIn } from '../people';
import { expect, keepPicture, test, watchViolations } from '../test';

const OLGA = { name: 'Olga Operator', email: 'olga@example.org', password: 'a password of olga' };
const FINN = { name: 'Finn Finance', email: 'finn@example.org', password: 'a password of finn' };
const STEP_MS = 30_000;

const addPerson = async (page: Page, person: Person, role: string): Promise<void> => {
  await page.goto('/settings/people');
  await page.getByRole('button', { name: 'Add person' }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name').fill(person.name);
  await form.getByLabel('E-mail').fill(person.email);
  await form.getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: new RegExp(`^${role}`) }).click();
  await form.getByLabel('First password').fill(person.password);
  await form.getByRole('button', { name: 'Add person' }).click();
  await expect(page.getByRole('row', { name: person.email })).toContainText(role);
};

/** A page of somebody who is not signed in yet, and what its policy forbade. */
const strangerOf = async (browser: Browser, url: string) => {
  const context = await browser.newContext({ baseURL: url });
  const violations = await watchViolations(context);
  return { page: await context.newPage(), violations, close: () => context.close() };
};

/** Goes through the enrolment that is shown. Gives what the authenticator knows and the recovery codes. */
const enrol = async (page: Page) => {
  await page.getByRole('button', { name: 'Set up two-factor sign-in' }).click();
  const secret = (await page.getByTestId('totp-secret').textContent()) ?? '';
  const totp = new TOTP({ secret: Secret.fromBase32(secret.trim()) });
  await expect(page.getByRole('img', { name: /QR code/ })).toBeVisible();
  await keepPicture(page, 'two-factor-enrol');
  await page.getByLabel('Code').fill(totp.generate());
  await page.getByRole('button', { name: 'Turn on' }).click();
  const list = page.getByRole('list', { name: 'Recovery codes' });
  await expect(list.getByRole('listitem')).toHaveCount(10);
  const recoveryCodes = await list.getByRole('listitem').allTextContents();
  await keepPicture(page, 'two-factor-recovery-codes');
  return { totp, recoveryCodes: recoveryCodes.map((code) => code.trim()) };
};

const signInWithCode = async (page: Page, person: Person, code: string): Promise<void> => {
  await page.goto('/signin');
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByLabel('Code').fill(code);
  await page.getByRole('button', { name: 'Sign in' }).click();
};

test('an administrator lets somebody in, changes their role, makes and revokes a token', async ({
  installation,
  console: page,
}) => {
  await addPerson(page, FINN, 'viewer');
  await page.getByRole('button', { name: `Actions for ${FINN.email}` }).click();
  await page.getByRole('menuitem', { name: 'Change role…' }).click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'Role' }).click();
  await page.getByRole('option', { name: /^finance/ }).click();
  await page.getByRole('button', { name: 'Change role', exact: true }).click();
  await expect(page.getByRole('row', { name: FINN.email })).toContainText('finance');

  await page.goto('/settings/tokens');
  await page.getByRole('button', { name: 'Create token' }).click();
  await page.getByRole('dialog').getByLabel('Name').fill('pipeline');
  await page.getByRole('dialog').getByRole('button', { name: 'Create token' }).click();
  const token = (await page.getByTestId('token').textContent()) ?? '';
  await page.getByRole('button', { name: 'I have copied it' }).click();
  const ask = () =>
    fetch(`${installation.url}/api/v1/me`, { headers: { Authorization: `Bearer ${token}` } }).then(
      ({ status }) => status,
    );
  expect(await ask()).toBe(200);
  await page.getByRole('button', { name: 'Revoke pipeline' }).click();
  await page.getByRole('button', { name: 'Revoke', exact: true }).click();
  await expect(page.getByRole('row', { name: 'pipeline' })).toContainText('revoked');
  expect(await ask()).toBe(401);
});

test('a role that needs two-factor has its people set it up first; who loses it is reset', async ({
  installation,
  console: admin,
  browser,
  keepPicture: keep,
}) => {
  await addPerson(admin, OLGA, 'operator');
  await admin.goto('/settings/sign-in');
  await admin.getByRole('checkbox', { name: 'operator' }).click();
  await admin.getByRole('button', { name: 'Save roles' }).click();
  await expect(admin.getByText('Sign-in asks for it from now on')).toBeVisible();
  await keep('settings-sign-in');

  const olga = await strangerOf(browser, installation.url);
  await olga.page.goto('/signin');
  await olga.page.getByLabel('E-mail').fill(OLGA.email);
  await olga.page.getByLabel('Password').fill(OLGA.password);
  await olga.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(olga.page).toHaveURL(/\/two-factor$/);
  await olga.page.goto('/clusters');
  await expect(olga.page).toHaveURL(/\/two-factor$/);
  expect((await olga.page.request.get('/api/v1/clusters')).status()).toBe(403);
  const { totp, recoveryCodes } = await enrol(olga.page);
  await olga.page.getByRole('button', { name: 'Go on' }).click();
  await expect(olga.page.getByRole('button', { name: OLGA.email })).toBeVisible();
  expect((await olga.page.request.get('/api/v1/clusters')).status()).toBe(200);

  const again = await strangerOf(browser, installation.url);
  await signInWithCode(again.page, OLGA, '000000');
  await expect(again.page.getByRole('alert').filter({ hasText: 'This code is wrong' })).toBeVisible();
  await keepPicture(again.page, 'signin-code');
  await again.page.getByLabel('Code').fill(totp.generate({ timestamp: Date.now() + STEP_MS }));
  await again.page.getByRole('button', { name: 'Sign in' }).click();
  await expect(again.page.getByRole('button', { name: OLGA.email })).toBeVisible();
  expect(again.violations).toEqual([]);
  await again.close();

  const byRecovery = await strangerOf(browser, installation.url);
  await signInWithCode(byRecovery.page, OLGA, recoveryCodes[0] ?? '');
  await expect(byRecovery.page.getByRole('button', { name: OLGA.email })).toBeVisible();
  await byRecovery.page.goto('/account/security');
  await expect(byRecovery.page.getByRole('main').getByText('9 unused recovery codes')).toBeVisible();
  await keepPicture(byRecovery.page, 'account-security-two-factor');
  await byRecovery.close();

  await admin.goto('/settings/sign-in');
  await admin.getByRole('checkbox', { name: 'operator' }).click();
  await admin.getByRole('button', { name: 'Save roles' }).click();
  await expect(admin.getByText('Sign-in asks for it from now on')).toBeVisible();
  await admin.goto('/settings/people');
  await admin.getByRole('button', { name: `Actions for ${OLGA.email}` }).click();
  await admin.getByRole('menuitem', { name: 'Reset two-factor…' }).click();
  await admin.getByRole('button', { name: 'Reset two-factor', exact: true }).click();
  await expect(admin.getByText('signs in without a code')).toBeVisible();
  await olga.page.goto('/clusters');
  await expect(olga.page).toHaveURL(/\/signin/);
  await signIn(olga.page, installation.url, OLGA);
  expect(olga.violations).toEqual([]);
  await olga.close();
});

test('people of an OpenID provider come in with the role that their groups give, and others do not', async ({
  installation,
  console: admin,
  browser,
  keepPicture: keep,
}) => {
  await admin.goto('/settings/sign-in');
  const redirectUri = await admin.getByRole('textbox', { name: 'Redirect address' }).inputValue();
  const provider = await startOidcProvider(redirectUri, {
    sam: { email: 'sam@id.example.org', name: 'Sam Single', groups: ['ops', 'staff'] },
    pat: { email: 'pat@id.example.org', name: 'Pat Nobody', groups: ['staff'] },
  });
  await admin.getByLabel('Issuer').fill(`${provider.issuer}/nowhere`);
  await admin.getByLabel('Client id').fill(provider.clientId);
  await admin.getByLabel('Client secret').fill(provider.clientSecret);
  await admin.getByLabel('Name on the sign-in page').fill('Example ID');
  await admin.getByRole('button', { name: 'Add rule' }).click();
  await admin.getByLabel('Value 1').fill('ops');
  await admin.getByLabel('Role 1').click();
  await admin.getByRole('option', { name: /^operator/ }).click();
  await admin.getByRole('button', { name: 'Save single sign-on' }).click();
  await expect(admin.getByText('No OpenID provider answers at')).toBeVisible();
  await admin.getByLabel('Issuer').fill(provider.issuer);
  await admin.getByRole('button', { name: 'Save single sign-on' }).click();
  await expect(admin.getByText('One is kept, sealed.')).toBeVisible();
  await keep('settings-oidc');
  const shown = await admin.request.get('/api/v1/settings/oidc');
  expect(await shown.text()).not.toContain(provider.clientSecret);

  const comeIn = async (login: string) => {
    const one = await strangerOf(browser, installation.url);
    await one.page.goto('/signin?callbackUrl=/clusters');
    await keepPicture(one.page, 'signin-sso');
    await one.page.getByRole('button', { name: 'Continue with Example ID' }).click();
    await one.page.getByPlaceholder('Enter any login').fill(login);
    await one.page.getByPlaceholder('and password').fill('anything');
    await one.page.getByRole('button', { name: 'Sign-in' }).click();
    await one.page.getByRole('button', { name: 'Continue' }).click();
    return one;
  };
  const sam = await comeIn('sam');
  await expect(sam.page.getByRole('heading', { name: 'Clusters', level: 1 })).toBeVisible();
  await expect(sam.page.getByRole('button', { name: 'sam@id.example.org' })).toContainText('operator');
  await sam.page.goto('/account/security');
  await expect(sam.page.getByRole('row', { name: 'this one' })).toContainText('single sign-on');
  await expect(sam.page.getByText('You come in by single sign-on')).toBeVisible();
  await expect(sam.page.getByLabel('Present password')).toHaveCount(0);
  const pat = await comeIn('pat');
  await expect(pat.page.getByText('none of your groups may use Headroom')).toBeVisible();
  await admin.goto('/settings/people');
  await expect(admin.getByRole('row', { name: 'sam@id.example.org' })).toContainText('single sign-on');
  await expect(admin.getByRole('row', { name: 'pat@id.example.org' })).toHaveCount(0);
  expect([...sam.violations, ...pat.violations]).toEqual([]);

  await admin.goto('/settings/sign-in');
  await admin.getByRole('button', { name: 'Turn off' }).click();
  await admin.getByRole('dialog').getByRole('button', { name: 'Turn off' }).click();
  await expect(admin.getByText('Single sign-on is off')).toBeVisible();
  await Promise.all([sam.close(), pat.close(), provider.close()]);
});

test('the mail server of the environment is shown as such, and tested', async ({
  console: admin,
  mailServer,
  keepPicture: keep,
}) => {
  await admin.goto('/settings/mail');
  await expect(admin.getByText('Set by the environment')).toBeVisible();
  await expect(admin.getByRole('textbox', { name: 'Server' })).toBeDisabled();
  await admin.getByRole('textbox', { name: 'To', exact: true }).fill('postmaster@example.org');
  await admin.getByRole('button', { name: 'Send test mail' }).click();
  await expect(admin.getByRole('status').filter({ hasText: 'took the mail to postmaster@example.org' })).toBeVisible();
  expect(mailServer.mailsTo('postmaster@example.org').map(({ text }) => text)).toEqual([
    expect.stringContaining('Headroom can send mail'),
  ]);
  await keep('settings-mail');
});
