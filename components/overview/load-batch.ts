import { apiGet } from '@/components/live/api';
import type { LoadsView } from '@/lib/domain/contract';
import { LOADS_MAX } from '@/lib/domain/loads';

type Values = readonly (number | null)[];

interface Waiting {
  readonly resolve: (values: Values) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Collects what is asked for in one moment into few questions: a list of two hundred clusters asks once, not two hundred
 * times. `ask` is given at most `most` ids at a time, each once.
 */
export const createLoadBatch = (options: {
  readonly ask: (ids: readonly string[]) => Promise<LoadsView>;
  readonly most: number;
  readonly schedule: (run: () => void) => void;
}): ((clusterId: string) => Promise<Values>) => {
  let waiting = new Map<string, Waiting[]>();

  const askFor = async (ids: readonly string[], asked: ReadonlyMap<string, readonly Waiting[]>): Promise<void> => {
    try {
      const { loads } = await options.ask(ids);
      const known = new Map(loads.map(({ clusterId, values }) => [clusterId, values]));
      for (const id of ids) for (const one of asked.get(id) ?? []) one.resolve(known.get(id) ?? []);
    } catch (error) {
      for (const id of ids) for (const one of asked.get(id) ?? []) one.reject(error);
    }
  };

  const flush = (): void => {
    const asked = waiting;
    waiting = new Map();
    const ids = [...asked.keys()];
    for (let from = 0; from < ids.length; from += options.most)
      void askFor(ids.slice(from, from + options.most), asked);
  };

  return (clusterId) =>
    new Promise((resolve, reject) => {
      if (waiting.size === 0) options.schedule(flush);
      waiting.set(clusterId, [...(waiting.get(clusterId) ?? []), { resolve, reject }]);
    });
};

const GATHER_MS = 50;

export const readLoadOf = createLoadBatch({
  ask: (ids) => apiGet<LoadsView>('/loads', { clusters: ids.join(',') }),
  most: LOADS_MAX,
  schedule: (run) => void setTimeout(run, GATHER_MS),
});
