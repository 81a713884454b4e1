import { changeSize } from '../change';
import { showCluster } from '../clusters';
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

test('who hands over to whom is chosen by keyboard and by dragging, and the plan follows', async ({
  console: page,
  keepPicture,
}) => {
  const shown = await showCluster(page, 'shop');
  const [first = '', second = ''] = shown.nodes.map(({ name }) => name);
  await page.goto('/clusters/shop');
  await page.getByRole('button', { name: 'Change requirements' }).click();
  const sheet = page.getByRole('dialog', { name: 'Change requirements of shop' });
  await sheet.getByRole('slider', { name: 'vCPUs' }).press('ArrowRight');
  await expect(sheet.getByRole('spinbutton', { name: 'vCPUs' })).toHaveValue('2');
  const plan = sheet.getByRole('region', { name: 'Plan' });
  await expect(plan.getByText(/outage/)).toBeVisible();
  await expect(sheet.getByRole('region', { name: 'What fits where' }).getByText(/^\+ shop-\d+$/)).toHaveCount(2);

  const placeOf = (node: string) => sheet.getByRole('group', { name: `${node} hands over to` });
  await sheet.getByRole('button', { name: 'new-2' }).focus();
  await page.keyboard.press('Space');
  await expect(page.getByText('new-2 is over those that the planner pairs.')).toBeAttached();
  await page.keyboard.press('ArrowDown');
  await expect(page.getByText(`new-2 is over the place of ${first}.`)).toBeAttached();
  await page.keyboard.press('Space');
  await expect(placeOf(first).getByRole('button', { name: 'new-2' })).toBeVisible();

  await placeOf(second).scrollIntoViewIfNeeded();
  const token = sheet.getByRole('button', { name: 'new-1' });
  await token.hover();
  await page.mouse.down();
  const target = await placeOf(second).boundingBox();
  if (target === null) throw new Error('no place to drop');
  await page.mouse.move(target.x + 30, target.y + target.height / 2, { steps: 12 });
  await page.mouse.up();
  await expect(placeOf(second).getByRole('button', { name: 'new-1' })).toBeVisible();
  await keepPicture('change-pairing');

  /** Number of the VM that succeeds a node by the plan. */
  const successorOf = async (node: string): Promise<number> => {
    const row = await plan
      .getByRole('listitem')
      .filter({ hasText: new RegExp(`^${node}\\D`) })
      .first()
      .innerText();
    return Number(/(\d+)\s*$/.exec(row)?.[1]);
  };
  await expect.poll(async () => (await successorOf(first)) - (await successorOf(second))).toBe(1);
  await expect(sheet.getByRole('button', { name: 'Apply' })).toBeEnabled();
});
