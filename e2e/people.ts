import { expect, type Page } from '@playwright/test';

export interface Person {
  readonly name: string;
  readonly email: string;
  readonly password: string;
}

export const ADMINISTRATOR: Person = { name: 'Ada Admin', email: 'ada@example.org', password: 'a password of ada' };
export const VIEWER: Person = { name: 'Vera Viewer', email: 'vera@example.org', password: 'a password of vera' };

/** Opens the one-time link, fills in the form, and is signed in at the overview. */
export const makeAdministrator = async (page: Page, setupLink: string): Promise<void> => {
  await page.goto(setupLink);
  await page.getByLabel('Name').fill(ADMINISTRATOR.name);
  await page.getByLabel('E-mail').fill(ADMINISTRATOR.email);
  await page.getByLabel('Password').fill(ADMINISTRATOR.password);
  await page.getByRole('button', { name: 'Create and sign in' }).click();
  await expectSignedIn(page, ADMINISTRATOR);
};

export const signIn = async (page: Page, url: string, person: Person): Promise<void> => {
  await page.goto(`${url}/signin`);
  await page.getByLabel('E-mail').fill(person.email);
  await page.getByLabel('Password').fill(person.password);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await expectSignedIn(page, person);
};

const expectSignedIn = async (page: Page, person: Person): Promise<void> => {
  await expect(page.getByRole('button', { name: person.email })).toBeVisible();
};
