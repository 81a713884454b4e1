import { setTimeout as sleep } from 'node:timers/promises';
import type { ClusterView, HostView, NodeView, Page } from '@/lib/domain/contract';
import { unit } from '@/lib/sim/random';
import { createCluster, deleteCluster, getCluster } from '../api';
import { hurt, makeGood } from '../lab-faults';
import { type Product, withProduct } from '../product';
import type { BenchCase, BenchContext, Measurement } from '../types';
import { until } from '../until';
import { untilAnotherAnswers } from '../until-another-answers';

/** As many as one cluster is recovered by itself within an hour. */
const LOSSES_PER_CLUSTER = 6;
const WHOLE_DEADLINE_MS = 180_000;
const PAUSED_MS = 90_000;

/** The cluster is as it should be, and nothing is under way. */
const untilWhole = ({ client }: Product, name: string): Promise<ClusterView> =>
  until(`${name} to be whole`, WHOLE_DEADLINE_MS, async () => {
    const cluster = await getCluster(client, name);
    const well = cluster.nodes.filter((node) => node.state === 'active' && node.healthy === true);
    const isWhole = well.length === cluster.requirements.nodes && cluster.nodes.length === well.length;
    return cluster.state === 'running' && isWhole && cluster.activeOperation === null ? cluster : null;
  });

/** The cluster is whole, and one of its nodes says that it holds the VIP. */
const untilHeld = (product: Product, name: string): Promise<{ cluster: ClusterView; holder: NodeView }> =>
  until(`${name} to have a VIP holder`, WHOLE_DEADLINE_MS, async () => {
    const cluster = await untilWhole(product, name);
    const holders = cluster.nodes.filter(({ vipHolder }) => vipHolder === true);
    const [holder] = holders;
    return holder === undefined || holders.length > 1 ? null : { cluster, holder };
  });

const namesOf = (cluster: ClusterView): ReadonlySet<string> => new Set(cluster.nodes.map(({ name }) => name));

/** Time from the end of a VM's process to the first answer of the one that replaces it, in milliseconds. */
const measureNodes = async (product: Product, { runs, seed, say }: BenchContext): Promise<Measurement> => {
  const values: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const name = `node-${Math.floor(run / LOSSES_PER_CLUSTER)}`;
    if (run % LOSSES_PER_CLUSTER === 0) await createCluster(product.client, name, 'web');
    const cluster = await untilWhole(product, name);
    await sleep(unit(seed, 'node', run) * 1_000);
    const lost = cluster.nodes[Math.floor(unit(seed, 'which', run) * cluster.nodes.length)];
    if (lost === undefined) throw new Error(`${name} has no node`);
    const since = new Date();
    await product.vms.crash(lost.id);
    values.push(await untilAnotherAnswers(product.traffic, cluster.id, namesOf(cluster), since));
    const { longestGapMs } = await product.traffic.receipt(cluster.id, since, new Date());
    say(
      `node ${run + 1}, ${lost.vipHolder === true ? 'the holder' : 'not the holder'}: replacement serves after ` +
        `${Math.round(values.at(-1) ?? 0)} ms, gap ${Math.round(longestGapMs)} ms`,
    );
    await untilWhole(product, name);
    if ((run + 1) % LOSSES_PER_CLUSTER === 0 || run + 1 === runs) await deleteCluster(product.client, name);
  }
  return {
    name: 'node lost: until its replacement serves',
    unit: 'ms',
    values,
    target: { kind: 'maximum', atMost: 5_000 },
  };
};

const hostUp = ({ client }: Product, name: string): Promise<true> =>
  until(`${name} to be up`, WHOLE_DEADLINE_MS, async () => {
    const { items } = await client.request<Page<HostView>>('GET', '/hosts', { query: { limit: 200 } });
    return items.find((host) => host.name === name)?.state === 'up' ? true : null;
  });

/** A host without power that ran four nodes of two clusters. */
const measureHost = async (product: Product, { say }: BenchContext): Promise<readonly Measurement[]> => {
  const { client, traffic } = product;
  const lostHost = 'paris-1';
  const wishes = { nodes: 4, spread: 'none' } as const;
  await createCluster(client, 'first', 'web', { ...wishes, hosts: [lostHost, 'lyon-1'] });
  await createCluster(client, 'second', 'web', { ...wishes, hosts: [lostHost, 'lyon-1'] });
  const names = ['first', 'second'] as const;
  const before = await Promise.all(names.map((name) => untilWhole(product, name)));
  const lost = before.flatMap(({ nodes }) => nodes).filter(({ host }) => host === lostHost);
  say(`${lost.length} nodes of two clusters are on ${lostHost}`);
  const since = new Date();
  const fault = await hurt(client, { kind: 'power-off-host', target: lostHost });
  const whole = await Promise.all(
    names.map(async (name) => {
      await until(`${name} to miss its nodes`, WHOLE_DEADLINE_MS, async () =>
        (await getCluster(client, name)).nodes.some(({ id }) => lost.some((node) => node.id === id)) ? null : true,
      );
      const cluster = await untilWhole(product, name);
      return { cluster, tookMs: Date.now() - since.getTime() };
    }),
  );
  const gaps = await Promise.all(before.map(({ id }) => traffic.receipt(id, since, new Date())));
  await makeGood(client, fault);
  await hostUp(product, lostHost);
  // Nothing of what was lost comes back with its host.
  const after = whole.flatMap(({ cluster }) => cluster.nodes.map(({ id }) => id));
  const earlier = new Set(before.flatMap(({ nodes }) => nodes.map(({ id }) => id)));
  const besides = (await product.vms.running()).filter((id) => !after.includes(id));
  for (const [i, { cluster, tookMs }] of whole.entries())
    say(`${cluster.name}: whole after ${tookMs} ms, longest gap ${Math.round(gaps[i]?.longestGapMs ?? 0)} ms`);
  for (const name of names) await deleteCluster(client, name);
  return [
    {
      name: 'host lost: its nodes that are replaced elsewhere',
      unit: 'operations',
      values: [after.filter((id) => !earlier.has(id)).length],
      target: { kind: 'minimum', atLeast: 4 },
    },
    {
      name: 'host lost: VMs that run besides the members',
      unit: 'operations',
      values: [besides.length],
      target: { kind: 'maximum', atMost: 0 },
    },
    {
      name: 'host lost: until both clusters are whole',
      unit: 'ms',
      values: whole.map(({ tookMs }) => tookMs),
      target: { kind: 'maximum', atMost: 60_000 },
    },
    {
      name: 'host lost: longest gap at clients of its clusters',
      unit: 'ms',
      values: gaps.map(({ longestGapMs }) => longestGapMs),
      target: { kind: 'maximum', atMost: 1_000 },
    },
  ];
};

/** The site of the VIP holder cut off, under a cluster that is spread over sites. */
const measureSite = async (product: Product, { runs, say }: BenchContext): Promise<Measurement> => {
  const { client, traffic } = product;
  await createCluster(client, 'spread', 'web', { spread: 'site' });
  const gaps: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const { cluster, holder } = await untilHeld(product, 'spread');
    const since = new Date();
    const fault = await hurt(client, { kind: 'cut-site', target: holder.site });
    await sleep(10_000);
    const cut = new Date();
    await makeGood(client, fault);
    const { longestGapMs, failed, requests } = await traffic.receipt(cluster.id, since, cut);
    gaps.push(longestGapMs);
    say(`site ${run + 1}: gap ${Math.round(longestGapMs)} ms, ${failed} of ${requests} probes failed`);
  }
  await untilWhole(product, 'spread');
  await deleteCluster(client, 'spread');
  return {
    name: 'site lost: longest gap at clients',
    unit: 'ms',
    values: gaps,
    target: { kind: 'maximum', atMost: 1_000 },
  };
};

/** The VIP holder's VM stands still for longer than a silent one is put up with: it is fenced and replaced. */
const measurePause = async (product: Product, { say }: BenchContext): Promise<readonly Measurement[]> => {
  const { client, traffic } = product;
  const { id } = await createCluster(client, 'paused', 'web');
  const { cluster: before, holder } = await untilHeld(product, 'paused');
  const since = new Date();
  const fault = await hurt(client, { kind: 'pause-vm', target: holder.name });
  const replacedMs = await untilAnotherAnswers(traffic, id, namesOf(before), since);
  await sleep(Math.max(0, PAUSED_MS - (Date.now() - since.getTime())));
  await makeGood(client, fault);
  const after = await untilWhole(product, 'paused');
  const { longestGapMs } = await traffic.receipt(id, since, new Date());
  const strangers = (await product.vms.running()).filter((id) => !after.nodes.some((node) => node.id === id));
  say(`pause: replaced after ${Math.round(replacedMs)} ms, gap ${Math.round(longestGapMs)} ms`);
  await deleteCluster(client, 'paused');
  return [
    {
      name: 'holder paused for 90 s: longest gap at clients',
      unit: 'ms',
      values: [longestGapMs],
      target: { kind: 'maximum', atMost: 1_000 },
    },
    {
      name: 'holder paused for 90 s: VMs that run besides the members',
      unit: 'operations',
      values: [strangers.length],
      target: { kind: 'maximum', atMost: 0 },
    },
  ];
};

const lossCase = (
  name: string,
  description: string,
  measure: (product: Product, context: BenchContext) => Promise<readonly Measurement[]>,
): BenchCase => ({ name, description, run: (context) => withProduct((product) => measure(product, context)) });

/** Crashes of single VMs. */
export const nodeLoss = lossCase('node-loss', "nodes' VMs are killed: until their replacements serve", async (p, c) => [
  await measureNodes(p, c),
]);

/** What is larger than a node: a host, a site, and a VM that stands still. */
export const losses = lossCase(
  'losses',
  'a host without power, a site that is cut off, a VM that stands still for 90 s',
  async (product, context) => [
    ...(await measureHost(product, context)),
    await measureSite(product, context),
    ...(await measurePause(product, context)),
  ],
);
