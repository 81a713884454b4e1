import { anyVmName, callApi } from '../samples';
import { expect, test } from '../test';

test('an operator looks at a console, types into it, reads the log, and restarts the application', async ({
  console: page,
  keepPicture: keep,
}) => {
  const vm = await anyVmName(page);
  await page.goto('/vms');
  await page.getByRole('link', { name: vm, exact: true }).click();
  await expect(page.getByRole('heading', { name: vm, level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  const terminal = page.getByTestId('terminal');
  await expect(terminal).toContainText(`${vm} login:`);
  await page.getByRole('button', { name: 'Open to type' }).click();
  await expect(page.getByText('typing', { exact: true })).toBeVisible();
  await expect(terminal).toContainText(`${vm} login:`);
  await page.getByRole('textbox', { name: 'Terminal input' }).focus();
  await page.keyboard.type('uptime');
  await page.keyboard.press('Enter');
  await expect(terminal).toContainText('uptime');
  await expect(terminal).toContainText('it does not run programs');
  await page.getByRole('button', { name: 'Read', exact: true }).click();
  await expect(page.getByRole('log', { name: `Log of ${vm}` })).not.toBeEmpty();
  await keep('vm-console');
  await page.setViewportSize({ width: 375, height: 800 });
  await keep('vm-console-phone');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.getByRole('button', { name: 'Close', exact: true }).click();
  await expect(page.getByText('Not open')).toBeVisible();
  await expect
    .poll(async () => JSON.stringify(await callApi(page, 'GET', `/audit?subject=vm/${vm}`)))
    .toContain('vm.console-close');

  await page.getByRole('button', { name: 'Restart application…' }).click();
  const sheet = page.getByRole('dialog');
  await expect(sheet.getByText(`Restart the application on ${vm}`).first()).toBeVisible();
  await sheet.getByLabel('Reason').fill('new configuration');
  await sheet.getByRole('button', { name: 'Restart', exact: true }).click();
  await expect(page).toHaveURL(/\/operations\//);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('Restart the application of shop');
  await expect(page.getByText('done', { exact: true }).first()).toBeVisible();
});
