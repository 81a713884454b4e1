import { changeSize } from '../change';
import { expect, test } from '../test';

const SIZES = [
  { name: 'change-up', vcpus: 2, memoryMiB: 512, shown: /2 vCPU.*512 MiB/ },
  { name: 'change-down', vcpus: 1, memoryMiB: 256, shown: /1 vCPU.*256 MiB/ },
] as const;

test('a cluster changes its size up and down again, each time after its plan was read', async ({
  console: page,
  keepPicture,
}) => {
  const nodes = page.getByRole('table', { name: 'Nodes of shop' });
  for (const { name, vcpus, memoryMiB, shown } of SIZES) {
    await changeSize(page, 'shop', { size: { vcpus, memoryMiB }, reason: name, keepPicture, name, deadlineMs: 90_000 });
    await page.goto('/clusters/shop');
    await expect(nodes.getByText(shown)).toHaveCount(2);
  }
});

test('a size that is none, or fits no host, is told in the sheet and cannot be applied', async ({
  console: page,
  keepPicture,
}) => {
  await page.goto('/clusters/shop');
  await page.getByRole('button', { name: 'Change requirements' }).click();
  const sheet = page.getByRole('dialog', { name: 'Change requirements of shop' });
  const apply = sheet.getByRole('button', { name: 'Apply' });
  const memory = sheet.getByRole('spinbutton', { name: 'Memory' });
  await memory.fill('300');
  await expect(memory).toHaveAttribute('aria-invalid', 'true');
  await expect(apply).toBeDisabled();
  await memory.fill('256');
  await sheet.getByRole('spinbutton', { name: 'Nodes' }).fill('8');
  await sheet.getByRole('spinbutton', { name: 'vCPUs' }).fill('8');
  await expect(sheet.getByText('There is not enough room')).toBeVisible();
  await expect(apply).toBeDisabled();
  await keepPicture('change-refused');
});
