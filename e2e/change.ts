import { expect, type Page } from '@playwright/test';

export interface Size {
  readonly vcpus: number;
  readonly memoryMiB: number;
}

interface ChangeOptions {
  readonly size: Size;
  readonly reason: string;
  readonly keepPicture: (name: string) => Promise<void>;
  /** Begins the names of the pictures. */
  readonly name: string;
  readonly deadlineMs: number;
}

/**
 * Changes the size of a cluster's nodes as a person does: states it, reads the plan, applies it, watches the steps, and
 * reads in the receipt that no request failed.
 */
export const changeSize = async (page: Page, cluster: string, options: ChangeOptions): Promise<void> => {
  const { size, reason, keepPicture, name, deadlineMs } = options;
  await page.goto(`/clusters/${cluster}`);
  await page.getByRole('button', { name: 'Change requirements' }).click();
  const sheet = page.getByRole('dialog', { name: `Change requirements of ${cluster}` });
  const apply = sheet.getByRole('button', { name: 'Apply' });
  await expect(apply).toBeDisabled();
  await sheet.getByRole('spinbutton', { name: 'vCPUs' }).fill(String(size.vcpus));
  await sheet.getByRole('spinbutton', { name: 'Memory' }).fill(String(size.memoryMiB));
  await sheet.getByLabel('Reason').fill(reason);
  await expect(sheet.getByRole('region', { name: 'Plan' }).getByText(/outage/)).toBeVisible();
  await keepPicture(`${name}-plan`);
  await apply.click();

  await expect(page).toHaveURL(/\/operations\//);
  await expect(page.getByRole('list', { name: 'Steps' }).getByRole('listitem').first()).toBeVisible();
  await keepPicture(`${name}-steps`);
  const receipt = page.getByRole('region', { name: 'Receipt' });
  await expect(receipt).toBeVisible({ timeout: deadlineMs });
  await keepPicture(`${name}-receipt`);
  await expect(page.getByText('The operation ended done.')).toBeVisible();
  const failed = receipt.getByRole('table', { name: 'Failed requests' }).getByRole('row');
  expect(await failed.allInnerTexts(), 'requests that failed').toEqual([]);
  await expect(receipt.getByText('No request failed.')).toBeVisible();
};
