import { latestOperation } from '../operations';
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
    const change = ['cluster', 'change', 'shop', '--vcpus', String(vcpus), '--memory', String(memoryMiB)];
    await installation.cli(...change, '--reason', `goes ${name}`, '--no-wait');
    await expect(nodes.getByRole('row')).toHaveCount(1 + 4, { timeout: 120_000 });
    await keepPicture(`vms-${name}`);
    await expect
      .poll(async () => (await latestOperation(installation, 'shop')).state, { timeout: 240_000, intervals: [2_000] })
      .toBe('done');
    const { receipt } = await latestOperation(installation, 'shop');
    expect(receipt?.requests).toBeGreaterThan(0);
    expect(receipt?.failed).toBe(0);
    await expect(nodes.getByText(shown)).toHaveCount(2);
  }
  const { requests, failures } = await watch.stop();
  expect(requests).toBeGreaterThan(100);
  expect(failures).toEqual([]);
});
