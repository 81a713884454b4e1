import { expect, it } from 'vitest';
import { interruption, untilInterrupted, watchForInterruption } from './interruption';

it('a signal ends what is measured, lets it clean up, and lets nothing else begin', async () => {
  watchForInterruption(() => undefined);
  expect(await untilInterrupted(async () => 'measured')).toBe('measured');
  let isCleaned = false;
  const endless = (async () => {
    try {
      await untilInterrupted(() => new Promise(() => undefined));
    } finally {
      isCleaned = true;
    }
  })();
  process.kill(process.pid, 'SIGTERM');
  await expect(endless).rejects.toThrow('interrupted by SIGTERM');
  expect(isCleaned).toBe(true);
  expect(interruption.aborted).toBe(true);
  await expect(untilInterrupted(async () => 'begun')).rejects.toThrow('interrupted by SIGTERM');
});
