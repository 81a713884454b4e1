import { createCluster, getCluster, otherShape, requestShape, untilDone } from '../api';
import { withProduct } from '../product';
import type { BenchCase } from '../types';
import { untilAnotherAnswers } from '../until-another-answers';
import { stopEditStart } from './stop-edit-start';

/**
 * From the request for another size to the first answer of a VM of that size through the VIP, next to what clients miss
 * while the same VM is stopped, edited and started again, as one resizes where nothing fails over.
 */
export const resize: BenchCase = {
  name: 'resize',
  description: 'from the request for another size to the first answer of the new VM through the VIP',
  run: ({ runs, say }) =>
    withProduct(async (product) => {
      await createCluster(product.client, 'resize', 'web');
      const answers: number[] = [];
      const gaps: number[] = [];
      for (let run = 0; run < runs; run++) {
        const cluster = await getCluster(product.client, 'resize');
        const known = new Set(cluster.nodes.map((node) => node.name));
        const since = new Date();
        const operationId = await requestShape(product.client, 'resize', otherShape(cluster));
        answers.push(await untilAnotherAnswers(product.traffic, cluster.id, known, since));
        const operation = await untilDone(product.client, operationId);
        if (operation.receipt === null) throw new Error('the operation has no receipt');
        gaps.push(operation.receipt.longestGapMs);
        say(`run ${run + 1}: ${Math.round(answers[run] ?? 0)} ms, longest gap ${operation.receipt.longestGapMs} ms`);
      }
      const peer = { name: 'stop, edit, start of the same VM: outage', values: await stopEditStart(runs, say) };
      return [
        { name: 'first answer of the new VM', unit: 'ms', values: answers, target: { kind: 'median', atMost: 4_000 } },
        {
          name: 'first answer over outage',
          unit: 'ms',
          values: answers,
          peer,
          target: { kind: 'ratio', atMost: 0.25 },
        },
        { name: 'outage of the resize', unit: 'ms', values: gaps, peer, target: { kind: 'ratio', atMost: 0.25 } },
      ];
    }),
};
