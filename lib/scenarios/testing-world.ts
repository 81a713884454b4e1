import { AsyncLocalStorage } from 'node:async_hooks';
import { vi } from 'vitest';

const counter = new AsyncLocalStorage<{ count: number }>();

/** Simulated chance is a function of ids: those made within `work` are the same in every run. */
export const withCountedIds = <T>(work: () => T): T => counter.run({ count: 0 }, work);

vi.mock('@/lib/usecases/ids', async (original) => {
  const ids = await original<typeof import('@/lib/usecases/ids')>();
  return {
    ...ids,
    newId: () => {
      const store = counter.getStore();
      if (store === undefined) return ids.newId();
      store.count += 1;
      return ids.idFrom('scenario', store.count);
    },
  };
});

/** No scenario reaches beyond its world: whoever asks a server elsewhere finds nobody, at once. */
vi.stubGlobal('fetch', () => Promise.reject(new TypeError('fetch failed')));
