import { describe, expect, it } from 'vitest';
import { createTypist } from './typist';

/** A line that takes what is sent when it is let. */
const line = () => {
  const sent: string[] = [];
  const pending: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  return {
    sent,
    send: (data: string) =>
      new Promise<void>((resolve, reject) => {
        sent.push(data);
        pending.push({ resolve, reject });
      }),
    settle: async (error?: Error) => {
      const next = pending.shift();
      if (error === undefined) next?.resolve();
      else next?.reject(error);
      await new Promise((resolve) => setTimeout(resolve));
    },
  };
};

describe('what is typed', () => {
  it('is sent in its order, one request at a time, each with what came meanwhile', async () => {
    const { sent, send, settle } = line();
    const typist = createTypist(send, () => undefined);
    for (const key of ['l', 's', '\r']) typist.type(key);
    expect(sent).toEqual(['l']);
    await settle();
    expect(sent).toEqual(['l', 's\r']);
    await settle();
    typist.type('x'.repeat(5000));
    expect(sent.at(-1)).toHaveLength(4096);
    await settle();
    expect(sent.at(-1)).toHaveLength(5000 - 4096);
  });

  it('is dropped and told when it could not be sent, and goes on afterwards', async () => {
    const { sent, send, settle } = line();
    const errors: unknown[] = [];
    const typist = createTypist(send, (error) => errors.push(error));
    typist.type('rm ');
    typist.type('-r x\r');
    await settle(new Error('gone'));
    expect(errors).toHaveLength(1);
    typist.type('ls\r');
    expect(sent).toEqual(['rm ', 'ls\r']);
  });
});
