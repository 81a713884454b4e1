// `npx headroom down`: stops everything of this state directory. `--purge` removes the state too.
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { register } from 'tsx/esm/api';
import { headroomHome } from './home.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
register({ tsconfig: resolve('tsconfig.json') });
try {
  const { takeDown } = await import('./take-down.ts');
  await takeDown(headroomHome(), { purge: process.argv.includes('--purge') });
} catch (error) {
  console.error(error instanceof Error && error.name === 'SetupError' ? `\n${error.message}` : error);
  process.exitCode = 1;
}
