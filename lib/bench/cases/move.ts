import type { OperationView } from '@/lib/domain/contract';
import { createCluster, getCluster, otherShape, requestShape, untilDone } from '../api';
import { startWriter } from '../ledger-writer';
import { withProduct } from '../product';
import type { BenchCase } from '../types';

/** Steps while which clients wait. */
const HAND_OVER: readonly string[] = [
  'holdRequests',
  'stopApplication',
  'detachVolume',
  'attachVolume',
  'startApplication',
  'releaseRequests',
];

/** "holdRequests 612, stopApplication 480 …": what each step took, in milliseconds. */
const describeHandOver = ({ steps }: OperationView): string =>
  steps
    .filter(({ kind }) => HAND_OVER.includes(kind))
    .map(({ kind, startedAt, endedAt }) => `${kind} ${Date.parse(endedAt ?? '') - Date.parse(startedAt ?? '')}`)
    .join(', ');

/** The ledger's volume goes from VM to VM while clients write. */
export const move: BenchCase = {
  name: 'move',
  description: 'mode move of a ledger while eight clients write transactions',
  run: ({ runs, say }) =>
    withProduct(async (product) => {
      const { endpoint } = await createCluster(product.client, 'books', 'ledger');
      const lost: number[] = [];
      const doubled: number[] = [];
      const refused: number[] = [];
      const pauses: number[] = [];
      for (let run = 0; run < runs; run++) {
        const writer = await startWriter(endpoint, `run${run}`);
        const shape = otherShape(await getCluster(product.client, 'books'));
        const operation = await untilDone(product.client, await requestShape(product.client, 'books', shape));
        const account = await writer.stop();
        lost.push(account.lost);
        doubled.push(account.doubled);
        refused.push(account.refused);
        pauses.push(account.longestPauseMs);
        const how = account.refused === 0 ? '' : `, ${account.refused} refused (${account.refusals.join(', ')})`;
        const pause = `pause ${Math.round(account.longestPauseMs)} ms (${describeHandOver(operation)})`;
        say(`run ${run + 1}: ${account.accepted} accepted${how}, ${pause}`);
      }
      return [
        { name: 'accepted and lost', unit: 'transactions', values: lost, target: { kind: 'maximum', atMost: 0 } },
        { name: 'doubled', unit: 'transactions', values: doubled, target: { kind: 'maximum', atMost: 0 } },
        { name: 'refused connections', unit: 'requests', values: refused, target: { kind: 'maximum', atMost: 0 } },
        { name: 'pause', unit: 'ms', values: pauses, target: { kind: 'median', atMost: 3_000 } },
      ];
    }),
};
