import { changeSize } from '../change';
import { expect, test } from '../test';
import { watchEndpoint } from '../watch-endpoint';

const SIZES = [
  { name: 'up', vcpus: 2, memoryMiB: 512, shown: /2 vCPU.*512 MiB/ },
  { name: 'down', vcpus: 1, memoryMiB: 256, shown: /1 vCPU.*256 MiB/ },
] as const;

test('a cluster of real VMs changes its size up and down again while its clients notice nothing', async ({
  installation,
  console: page,
  keepPicture,
}) => {
  await page.goto('/clusters/shop');
  const nodes = page.getByRole('table', { name: 'Nodes of shop' });
  await expect(nodes.getByText('healthy')).toHaveCount(2);
  await expect(nodes.getByText('VIP', { exact: true })).toHaveCount(1);
  await keepPicture('vms-before');

  const { endpoint } = JSON.parse(await installation.cli('cluster', 'show', 'shop', '--json'));
  const watch = watchEndpoint(endpoint);
  for (const { name, vcpus, memoryMiB, shown } of SIZES) {
    const reason = `goes ${name}`;
    await changeSize(page, 'shop', { size: { vcpus, memoryMiB }, reason, keepPicture, name, deadlineMs: 300_000 });
    await page.goto('/clusters/shop');
    await expect(nodes.getByText(shown)).toHaveCount(2);
  }
  const { requests, failures } = await watch.stop();
  expect(requests).toBeGreaterThan(100);
  expect(failures).toEqual([]);
});
