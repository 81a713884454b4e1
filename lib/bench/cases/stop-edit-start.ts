import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { createGuestClustering } from '@/lib/clustering/guest';
import type { ClusterView } from '@/lib/clustering/types';
import { freePort } from '@/lib/setup/free-port';
import { createLabTraffic } from '@/lib/traffic/lab';
import type { Traffic } from '@/lib/traffic/types';
import { web } from '@/lib/workloads';
import { specOf, withLabDriver } from '../lab-driver';

const CLUSTER = 'peer';
const START_DEADLINE_MS = 180_000;
const STOP_DEADLINE_MS = 30_000;
const SERVE_DEADLINE_MS = 120_000;

const untilServed = async (traffic: Traffic): Promise<void> => {
  const deadline = Date.now() + SERVE_DEADLINE_MS;
  while (Date.now() < deadline) {
    if ((await traffic.probeOnce(CLUSTER, { timeoutMs: 1_000 })).ok) return;
  }
  throw new Error('the VM does not serve');
};

/** What the record says of the VM's size, changed as an operator edits a VM that is off. */
const edit = async (home: string, vmId: string, vcpus: number, memoryMiB: number): Promise<void> => {
  const file = path.join(home, 'lab', 'vms', vmId, 'vm.json');
  const record = JSON.parse(await readFile(file, 'utf8'));
  record.spec.shape = { ...record.spec.shape, vcpus, memoryMiB };
  await writeFile(file, JSON.stringify(record));
};

/**
 * The peer of a resize by failover: the same guest with the same service is shut down, given another size, and started.
 * Resolves with the longest gap that clients at its VIP saw in each run, in milliseconds.
 */
export const stopEditStart = (runs: number, say: (line: string) => void): Promise<readonly number[]> =>
  withLabDriver(async (driver) => {
    const { hypervisor, home, lab } = driver;
    const spec = specOf(driver, 1, lab.hosts()[0]?.name ?? '');
    const clustering = createGuestClustering(hypervisor);
    const traffic = createLabTraffic({ home, enterClients: () => lab.enter('clients') });
    const vip = '10.77.255.1';
    const self = { vmId: spec.id, name: spec.name, address: spec.nic.address };
    const view: ClusterView = {
      clusterId: CLUSTER,
      clusterName: CLUSTER,
      vip,
      virtualRouterId: 1,
      workload: web,
      members: [{ ...self, weight: 1, priority: 100, runsApplication: true, draining: false }],
    };
    await traffic.start();
    try {
      await hypervisor.createVm(spec);
      await hypervisor.startVm(spec.id, { deadlineMs: START_DEADLINE_MS });
      await clustering.ensureInstalled(spec.id, view);
      await traffic.ensurePublished({
        clusterId: CLUSTER,
        vip,
        servicePort: web.servicePort,
        probePath: web.probePath,
        gatewayPort: await freePort(),
      });
      await untilServed(traffic);
      const gaps: number[] = [];
      for (let run = 0; run < runs; run++) {
        const from = new Date();
        await hypervisor.stopVm(spec.id, { deadlineMs: STOP_DEADLINE_MS });
        const large = run % 2 === 0;
        await edit(home, spec.id, large ? 2 : 1, large ? 512 : 256);
        await hypervisor.startVm(spec.id, { deadlineMs: START_DEADLINE_MS });
        await untilServed(traffic);
        const { longestGapMs } = await traffic.receipt(CLUSTER, from, new Date());
        gaps.push(longestGapMs);
        say(`stop, edit, start ${run + 1}: ${Math.round(longestGapMs)} ms without an answer`);
      }
      return gaps;
    } finally {
      await traffic.tearDown();
    }
  });
