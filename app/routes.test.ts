import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { ROUTES } from '../e2e/routes';

const APP = fileURLToPath(new URL('.', import.meta.url));

/** "(console)/hosts/[name]/page.tsx" is the page "/hosts/[name]". */
const pageOf = (file: string): string => {
  const parts = file.split('/').slice(0, -1);
  return `/${parts.filter((part) => !/^\(.*\)$/.test(part)).join('/')}`;
};

describe('the list of routes', () => {
  it('has every page of the app once, so that the walk through the console leaves none out', () => {
    const files = readdirSync(APP, { recursive: true, encoding: 'utf8' });
    const pages = files.filter((file) => /(^|\/)page\.tsx$/.test(file)).map(pageOf);
    expect(pages.length).toBeGreaterThan(25);
    expect(ROUTES.map(({ page }) => page).sort()).toEqual(pages.sort());
  });

  it('gives every page with parameters an address, and every picture a name of its own', () => {
    expect(ROUTES.filter(({ page, path }) => page.includes('[') !== (path !== undefined))).toEqual([]);
    expect(new Set(ROUTES.map(({ name }) => name)).size).toBe(ROUTES.length);
  });
});
