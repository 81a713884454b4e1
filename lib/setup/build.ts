import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { run } from './run.mjs';

const STAMP = '.next/.headroom-inputs';
const DEADLINE_MS = 15 * 60_000;
const FOLDERS = ['app', 'components', 'lib', 'public', 'prisma'];
const FILES =
  /^(package-lock\.json|package\.json|tsconfig\.json|proxy\.ts|(next|postcss)\.config\.\w+|instrumentation.*)$/;
/** What no page is made of: tests, and what is generated from other inputs. */
const IGNORED = /(\.test\.tsx?|\.md)$|^lib\/(db\/generated|bench)\//;

/**
 * The console's production build, made anew when anything it is made of has changed.
 *
 * @returns whether it had to be built
 */
export const ensureBuild = async (report: (message: string) => void): Promise<boolean> => {
  const inputs = await hashInputs('.');
  if ((await readFile(STAMP, 'utf8').catch(() => '')) === inputs) return false;
  await rm(STAMP, { force: true });
  report('next build');
  const { code, output } = await run(process.execPath, ['node_modules/next/dist/bin/next', 'build'], {
    deadlineMs: DEADLINE_MS,
    env: { ...process.env, NODE_ENV: 'production', HEADROOM_NEXT_DIST: '.next', NEXT_TELEMETRY_DISABLED: '1' },
  });
  if (code !== 0) throw new Error(`next build failed:\n${output.slice(-8_000)}`);
  await writeFile(STAMP, inputs);
  return true;
};

/** Hash of the paths and contents of everything the build reads from the project in `root`. */
export const hashInputs = async (root: string): Promise<string> => {
  const top = (await readdir(root)).filter((name) => FILES.test(name));
  const below = await Promise.all(
    FOLDERS.map(async (folder) => {
      const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true }).catch(() => []);
      return entries.filter((e) => e.isFile()).map((e) => relative(root, join(e.parentPath, e.name)));
    }),
  );
  const paths = [...top, ...below.flat()].filter((path) => !IGNORED.test(path)).sort();
  const hash = createHash('sha256').update(process.version);
  for (const path of paths) {
    const content = await readFile(join(root, path));
    hash.update(`${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
};
