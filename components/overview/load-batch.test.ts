import { expect, it } from 'vitest';
import type { LoadsView } from '@/lib/domain/contract';
import { createLoadBatch } from './load-batch';

const start = (answer: (ids: readonly string[]) => Promise<LoadsView>) => {
  const asked: (readonly string[])[] = [];
  const due: (() => void)[] = [];
  const read = createLoadBatch({
    ask: (ids) => {
      asked.push(ids);
      return answer(ids);
    },
    most: 2,
    schedule: (run) => due.push(run),
  });
  return { read, asked, tick: () => due.shift()?.() };
};
const answerAll = async (ids: readonly string[]): Promise<LoadsView> => ({
  loads: ids.map((clusterId, i) => ({ clusterId, values: [i] })),
});

it('loads that are asked for in one moment are read together, each once, a bounded number at a time', async () => {
  const { read, asked, tick } = start(answerAll);
  const answers = Promise.all([read('a'), read('b'), read('a'), read('c')]);
  tick();
  expect(await answers).toEqual([[0], [1], [0], [0]]);
  expect(asked).toEqual([['a', 'b'], ['c']]);
  void read('a');
  tick();
  expect(asked).toHaveLength(3);
});

it('everybody who asked is told of a failure', async () => {
  const { read, tick } = start(() => Promise.reject(new Error('no answer')));
  const [one, other] = [read('a'), read('a')];
  tick();
  await expect(one).rejects.toThrow('no answer');
  await expect(other).rejects.toThrow('no answer');
});
