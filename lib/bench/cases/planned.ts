import type { OperationView } from '@/lib/domain/contract';
import { type FailedRequest, failureText } from '@/lib/domain/operation';
import { createCluster, getCluster, otherShape, requestShape, untilDone } from '../api';
import { type Product, withProduct } from '../product';
import type { BenchCase } from '../types';
import { until } from '../until';

const SLOW_STREAMS = 50;
/** Requests that all runs together send at least. */
const REQUESTS_MIN = 20_000;
const LOAD_DEADLINE_MS = 20_000;

const setLoad = async (product: Product, clusterId: string, requestsPerSecond: number): Promise<void> => {
  const slowStreams = requestsPerSecond === 0 ? 0 : SLOW_STREAMS;
  await product.client.request('POST', `/clusters/${clusterId}/load`, {
    body: { requestsPerSecond, path: '/', slowStreams },
  });
  await until('the load on the VIP', LOAD_DEADLINE_MS, async () => {
    const load = await product.traffic.load(clusterId);
    return load.requestsPerSecond === requestsPerSecond && (requestsPerSecond === 0 || load.sent > 0) ? true : null;
  });
};

/** "12:00:01.250 ECONNRESET after 3 ms from planned-3, in drainNode": with the steps that ran when it was sent. */
const describeFailure = (failure: FailedRequest, operations: readonly OperationView[]): string => {
  const sentMs = failure.at.getTime();
  const steps = operations
    .flatMap((operation) => operation.steps)
    .filter(({ startedAt, endedAt }) => Date.parse(startedAt ?? '') <= sentMs && sentMs <= Date.parse(endedAt ?? ''))
    .map(({ kind }) => kind);
  const from = failure.node === null ? '' : ` from ${failure.node}`;
  const during = steps.length === 0 ? 'between changes' : `in ${steps.join(', ')}`;
  return `${failure.at.toISOString().slice(11, -1)} ${failureText(failure)} after ${failure.afterMs} ms${from}, ${during}`;
};

/** Changes up and down under load, until enough requests were sent. */
export const planned: BenchCase = {
  name: 'planned',
  description: `planned changes under load (--rate) with ${SLOW_STREAMS} slow streams`,
  run: ({ runs, rate, say }) =>
    withProduct(async (product) => {
      const { id } = await createCluster(product.client, 'planned', 'web');
      const sent: number[] = [];
      const failed: number[] = [];
      const broken: number[] = [];
      const gaps: number[] = [];
      for (let run = 0; run < runs; run++) {
        await setLoad(product, id, rate);
        const operations: OperationView[] = [];
        let load = await product.traffic.load(id);
        while (load.sent < REQUESTS_MIN / runs) {
          const shape = otherShape(await getCluster(product.client, 'planned'));
          operations.push(await untilDone(product.client, await requestShape(product.client, 'planned', shape)));
          load = await product.traffic.load(id);
        }
        sent.push(load.sent);
        failed.push(load.failed);
        broken.push(load.brokenStreams);
        gaps.push(load.longestGapMs);
        say(`run ${run + 1}: ${load.sent} sent, ${load.failed} failed, longest gap ${load.longestGapMs} ms`);
        for (const failure of load.failures) say(`  ${describeFailure(failure, operations)}`);
        await setLoad(product, id, 0);
      }
      return [
        { name: 'sent', unit: 'requests', values: sent, target: { kind: 'minimum', atLeast: REQUESTS_MIN / runs } },
        { name: 'failed', unit: 'requests', values: failed, target: { kind: 'maximum', atMost: 0 } },
        { name: 'slow streams broken', unit: 'streams', values: broken, target: { kind: 'maximum', atMost: 0 } },
        { name: 'longest gap', unit: 'ms', values: gaps, target: { kind: 'median', atMost: 100 } },
      ];
    }),
};
