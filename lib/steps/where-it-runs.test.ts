import { describe, expect, it } from 'vitest';
import { type Life, whereItRuns } from './where-it-runs';

const never = <T>(): Promise<T> => new Promise(() => undefined);
const done = async (): Promise<void> => undefined;
const refused = async (): Promise<void> => {
  throw new Error('The guest refused.');
};

const saying = (life: Life) => async () => life;
const noAnswer = async (): Promise<Life> => {
  throw new Error('no answer');
};

describe('whereItRuns', () => {
  it('believes an act that is done, whatever the hypervisor says late, or not at all', async () => {
    for (const look of [never<Life>, noAnswer, saying('unknown'), saying('runs')])
      expect(await whereItRuns(look, done)).toBe(true);
  });

  it('does not wait for a guest whose VM has ended', async () => {
    expect(await whereItRuns(saying('ended'), never<void>)).toBe(false);
  });

  it('throws what failed in a VM that runs', async () => {
    await expect(whereItRuns(saying('runs'), refused)).rejects.toThrow('The guest refused.');
  });

  it('counts a failure where nobody knows how the VM is as not done', async () => {
    for (const look of [saying('unknown'), noAnswer]) expect(await whereItRuns(look, refused)).toBe(false);
  });
});
