import { mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { SITE_WELL } from './lab';
import type { Epoch, SimCluster, SimHost, SimVm, SimVolume, WorldState } from './state';

const FORMAT = 1;

interface StoredWorld {
  readonly format: number;
  readonly seed: number;
  readonly hosts: readonly SimHost[];
  readonly vms: readonly SimVm[];
  readonly volumes: readonly SimVolume[];
  readonly clusters: readonly SimCluster[];
  readonly images: readonly (readonly [string, readonly string[]])[];
}

const byId = <T extends { readonly id: string }>(all: readonly T[]): Map<string, T> =>
  new Map(all.map((x) => [x.id, x]));

export const encodeWorld = (state: WorldState): string => {
  const stored: StoredWorld = {
    format: FORMAT,
    seed: state.seed,
    hosts: [...state.hosts.values()],
    vms: [...state.vms.values()],
    volumes: [...state.volumes.values()],
    clusters: [...state.clusters.values()],
    images: [...state.images],
  };
  return JSON.stringify(stored);
};

const NO_CAUSES: Pick<Epoch, 'failing'> = { failing: [] };

/** An earlier version did not keep why requests failed. */
const withCauses = (cluster: SimCluster): SimCluster => ({
  ...cluster,
  epochs: cluster.epochs.map((epoch) => ({ ...NO_CAUSES, ...epoch })),
});

/** Throws when the text is not a world that this version wrote. */
export const decodeWorld = (text: string): WorldState => {
  const stored = JSON.parse(text) as StoredWorld;
  if (stored.format !== FORMAT) {
    throw new Error(`The simulated world was stored in format ${stored.format}; this version reads ${FORMAT}.`);
  }
  return {
    seed: stored.seed,
    // An earlier version knew of no cuts of sites.
    hosts: byId(stored.hosts.map((host) => ({ ...SITE_WELL, ...host }))),
    vms: byId(stored.vms),
    volumes: byId(stored.volumes),
    clusters: byId(stored.clusters.map(withCauses)),
    images: new Map(stored.images),
  };
};

export interface WorldStore {
  /** Readings and writings that have not ended. */
  readonly pending: number;
  /** Resolves with null when nothing was stored. */
  load(): Promise<WorldState | null>;
  /** Resolves when the state, as it is at this call or later, is on the disk. Calls meanwhile share one writing. */
  save(state: WorldState): Promise<void>;
  clear(): Promise<void>;
}

/** Written to a file beside it and moved over it: a crash leaves the old world or the new one, never a part. */
const writeWhole = async (file: string, text: string): Promise<void> => {
  const beside = `${file}.new`;
  const handle = await open(beside, 'w', 0o600);
  try {
    await handle.writeFile(text);
    await handle.sync();
  } finally {
    await handle.close();
  }
  await rename(beside, file);
};

const readWorld = async (file: string): Promise<WorldState | null> => {
  try {
    return decodeWorld(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw new Error(`The simulated world in ${file} cannot be read.`, { cause: error });
  }
};

export const fileStore = (file: string): WorldStore => {
  let waiting: Promise<void> | null = null;
  let writing: Promise<void> = Promise.resolve();
  let pending = 0;
  const counted = async <T>(work: () => Promise<T>): Promise<T> => {
    pending += 1;
    try {
      return await work();
    } finally {
      pending -= 1;
    }
  };
  return {
    get pending() {
      return pending;
    },
    load: () => counted(() => readWorld(file)),
    save: (state) => {
      if (waiting !== null) return waiting;
      const write = counted(async () => {
        await writing;
        waiting = null;
        await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
        await writeWhole(file, encodeWorld(state));
      });
      waiting = write;
      // A failed writing must not keep the next one from being tried; whoever waits for it learns of it.
      writing = write.catch(() => undefined);
      return write;
    },
    clear: async () => {
      await writing;
      await rm(file, { force: true });
    },
  };
};

/** For scenarios: the world lives as long as its process. */
export const memoryStore: WorldStore = {
  pending: 0,
  load: async () => null,
  save: async () => undefined,
  clear: async () => undefined,
};
