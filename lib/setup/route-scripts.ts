import { readFile } from 'node:fs/promises';
import { basename, join, relative } from 'node:path';
import { gzipSync } from 'node:zlib';

/** Compressed kilobytes (1,000 bytes) of JavaScript that a page may begin with. */
export const ROUTE_SCRIPT_KB_MAX = 200;

interface RouteStats {
  readonly route: string;
  /** From the project's root. */
  readonly firstLoadChunkPaths: readonly string[];
}

export interface RouteScripts {
  /** "/clusters/[id]" */
  readonly route: string;
  /** Of all scripts that the page begins with, each compressed by gzip as the server sends it. */
  readonly bytes: number;
}

/** Reads from a build in `dist` what each page begins with, largest first. */
export const readRouteScripts = async (dist: string): Promise<readonly RouteScripts[]> => {
  const stats: readonly RouteStats[] = JSON.parse(
    await readFile(join(dist, 'diagnostics', 'route-bundle-stats.json'), 'utf8'),
  );
  const sizes = new Map<string, Promise<number>>();
  const sizeOf = (path: string): Promise<number> => {
    const known = sizes.get(path);
    if (known !== undefined) return known;
    const size = readFile(join(dist, relative(basename(dist), path))).then((script) => gzipSync(script).length);
    sizes.set(path, size);
    return size;
  };
  const routes = stats.map(async ({ route, firstLoadChunkPaths }) => {
    const scripts = await Promise.all(firstLoadChunkPaths.filter((path) => path.endsWith('.js')).map(sizeOf));
    return { route, bytes: scripts.reduce((sum, size) => sum + size, 0) };
  });
  return (await Promise.all(routes)).sort((a, b) => b.bytes - a.bytes);
};
