import { z } from 'zod';
import { run } from './run.mjs';

/** Two builds under emulation on a slow machine, with their retries. */
const DEADLINE_MS = 25 * 60_000;

const progressSchema = z.object({ message: z.string(), fraction: z.number() });

/**
 * The guest image and its golden snapshot, built when they are not cached. In a process of its own, so that nothing of
 * the hypervisor's driver stays in this one.
 */
export const ensureImage = async (
  env: NodeJS.ProcessEnv,
  report: (message: string, fraction?: number) => void,
): Promise<void> => {
  const { code, output } = await run(process.execPath, ['--import', 'tsx', 'lib/setup/prepare-image.ts'], {
    deadlineMs: DEADLINE_MS,
    env,
    onLine: (line) => {
      const progress = findProgress(line);
      if (progress !== null) report(progress.message, progress.fraction);
    },
  });
  if (code !== 0) throw new Error(`The guest image could not be made:\n${output.slice(-8_000)}`);
};

const findProgress = (line: string): z.infer<typeof progressSchema> | null => {
  if (!line.startsWith('{')) return null;
  try {
    return progressSchema.parse(JSON.parse(line));
  } catch {
    return null;
  }
};
