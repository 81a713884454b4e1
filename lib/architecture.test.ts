import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const SOURCES = ['app', 'components', 'lib'];

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(join(ROOT, folder), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(ROOT, join(entry.parentPath, entry.name)))
    .filter((path) => !path.startsWith('lib/db/generated/'));

/** What a file imports of this repository, as paths from its root; type-only imports count as well. */
const importsOf = (path: string): readonly string[] => {
  const text = readFileSync(join(ROOT, path), 'utf8');
  const found = text.matchAll(/(?:from|import)\s*\(?\s*'([^']+)'/g);
  return [...found].flatMap(([, name = '']) => {
    if (name.startsWith('@/')) return [name.slice(2)];
    return name.startsWith('.') ? [normalize(join(dirname(path), name))] : [];
  });
};

const files = SOURCES.flatMap(filesBelow);
const isTest = (path: string): boolean => /\.test\.tsx?$|\/testing|\/contract\//.test(path);

/** Files below a place that import from where they must not. */
const offences = (below: string, isAllowed: (imported: string) => boolean): readonly string[] =>
  files
    .filter((path) => path.startsWith(`${below}/`) && !isTest(path))
    .flatMap((path) =>
      importsOf(path)
        .filter((imported) => !isAllowed(imported))
        .map((imported) => `${path} imports ${imported}`),
    );

const within =
  (...places: readonly string[]) =>
  (imported: string): boolean =>
    places.some((place) => imported === place || imported.startsWith(`${place}/`));
const outside =
  (...places: readonly string[]) =>
  (imported: string): boolean =>
    !within(...places)(imported);

/** What only the orchestrator may touch. */
const MACHINERY = [
  'lib/hypervisors',
  'lib/orchestrator',
  'lib/steps',
  'lib/operations',
  'lib/clustering/guest',
  'lib/traffic',
  'lib/sim',
];

describe('who may import whom', () => {
  it('looks at the whole of the source', () => {
    expect(files.length).toBeGreaterThan(400);
    expect(importsOf('lib/steps/index.ts').length).toBeGreaterThan(3);
  });

  it('the domain knows nothing but itself', () => {
    expect(offences('lib/domain', within('lib/domain'))).toEqual([]);
  });

  it('components know of the rest only the domain', () => {
    expect(offences('components', within('components', 'lib/domain'))).toEqual([]);
  });

  it('nothing of the web process reaches a hypervisor', () => {
    expect(offences('app', outside(...MACHINERY))).toEqual([]);
    expect(offences('lib/usecases', outside(...MACHINERY, 'app', 'components'))).toEqual([]);
    expect(offences('lib/api', outside(...MACHINERY, 'components'))).toEqual([]);
    expect(offences('lib/auth', outside(...MACHINERY, 'components'))).toEqual([]);
  });

  it('drivers know neither database nor use cases', () => {
    const drivers = outside('lib/db', 'lib/usecases', 'lib/events', 'lib/orchestrator', 'lib/steps', 'lib/operations');
    expect(offences('lib/hypervisors', drivers)).toEqual([]);
    expect(offences('lib/clustering', drivers)).toEqual([]);
    expect(offences('lib/traffic', drivers)).toEqual([]);
  });

  it('the engine of operations knows no step and no hypervisor', () => {
    expect(
      offences('lib/operations', outside('lib/steps', 'lib/hypervisors', 'lib/orchestrator', 'lib/clustering')),
    ).toEqual([]);
  });
});
