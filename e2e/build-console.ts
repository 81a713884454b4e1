import { ensureBuild } from '../lib/setup/build';

/** Once, before workers start installations that would each build it. */
export default async function buildConsole(): Promise<void> {
  await ensureBuild((message) => console.log(message));
}
