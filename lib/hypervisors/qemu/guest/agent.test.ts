import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type FakePeer, startFakePeer } from '../wire/testing';
import { GuestAgent } from './agent';
import { createGuestChannel } from './channel';
import { GuestShell } from './shell';

type Message = Record<string, unknown> & { execute?: string; arguments?: Record<string, unknown> };

const say = (socket: Socket, message: unknown): void => {
  socket.write(`${JSON.stringify(message)}\n`);
};

const answerSync = (message: Message, socket: Socket): void => {
  socket.write(Buffer.from([0xff]));
  say(socket, { return: message.arguments?.id });
};

describe('the guest agent', () => {
  let peer: FakePeer | null = null;
  let agent: GuestAgent | null = null;
  afterEach(async () => {
    agent?.close();
    await peer?.close();
    agent = null;
    peer = null;
  });

  const start = async (onLine: (message: Message, socket: Socket) => void): Promise<GuestAgent> => {
    peer = await startFakePeer({ onLine });
    agent = new GuestAgent(peer.path);
    return agent;
  };

  it('is asked one thing at a time, over one connection', async () => {
    let isBusy = false;
    const order: unknown[] = [];
    const guest = await start((message, socket) => {
      if (message.execute === 'guest-sync-delimited') return answerSync(message, socket);
      expect(isBusy).toBe(false);
      isBusy = true;
      order.push(message.execute);
      setImmediate(() => {
        isBusy = false;
        say(socket, { return: message.execute });
      });
    });
    const asked = ['first', 'second', 'third'];
    expect(await Promise.all(asked.map((command) => guest.request(command, {}, 5_000)))).toEqual(asked);
    expect(order).toEqual(asked);
    expect(peer?.connections()).toBe(1);
  });

  it('throws away what was left for an earlier client', async () => {
    const guest = await start((message, socket) => {
      if (message.execute === 'guest-sync-delimited') {
        socket.write('{"return": "for somebody else"}\n{"half of an ans');
        answerSync(message, socket);
      } else say(socket, { return: 'for you' });
    });
    expect(await guest.request('guest-ping', {}, 5_000)).toBe('for you');
  });

  it('asks again while the guest is still booting and loses what it is asked', async () => {
    let lost = 0;
    const guest = await start((message, socket) => {
      if (message.execute !== 'guest-sync-delimited') say(socket, { return: {} });
      else if (lost < 2) lost += 1;
      else answerSync(message, socket);
    });
    await guest.request('guest-ping', {}, 10_000);
    expect(lost).toBe(2);
  });

  it('comes back into step after a request that met its deadline, even if that one never got through', async () => {
    let isDeaf = true;
    const guest = await start((message, socket) => {
      if (isDeaf) return;
      if (message.execute === 'guest-sync-delimited') answerSync(message, socket);
      else say(socket, { return: message.execute });
    });
    await expect(guest.request('early', {}, 10)).rejects.toMatchObject({ code: 'deadline' });
    isDeaf = false;
    // The next synchronisation is under way while the first one's timer still runs.
    expect(await guest.request('later', {}, 10_000)).toBe('later');
    expect(await guest.request('last', {}, 10_000)).toBe('last');
    expect(peer?.connections()).toBe(2);
  });

  it('hands a refusal on and stays in step', async () => {
    const guest = await start((message, socket) => {
      if (message.execute === 'guest-sync-delimited') answerSync(message, socket);
      else if (message.execute === 'bad') say(socket, { error: { class: 'GenericError', desc: 'no' } });
      else say(socket, { return: 'fine' });
    });
    await expect(guest.request('bad', {}, 5_000)).rejects.toMatchObject({ code: 'guest_failed', retryable: false });
    expect(await guest.request('good', {}, 5_000)).toBe('fine');
    expect(peer?.connections()).toBe(1);
  });

  it('a long program does not keep others from running', async () => {
    const ended = new Set<number>();
    let pids = 0;
    const guest = await start((message, socket) => {
      if (message.execute === 'guest-sync-delimited') return answerSync(message, socket);
      const args = message.arguments ?? {};
      if (message.execute === 'guest-exec') {
        pids += 1;
        if (args.path === '/bin/short') ended.add(pids);
        return say(socket, { return: { pid: pids } });
      }
      const out = Buffer.from('übrig').toString('base64');
      const pid = Number(args.pid);
      say(socket, { return: ended.has(pid) ? { exited: true, exitcode: 3, 'out-data': out } : { exited: false } });
    });
    const channel = createGuestChannel(async () => ({ agent: guest, shell: new GuestShell('/nowhere') }));
    const long = channel.exec('/bin/long');
    expect(await channel.exec('/bin/short')).toEqual({ exitCode: 3, stdout: 'übrig', stderr: '' });
    ended.add(1);
    expect((await long).exitCode).toBe(3);
  });

  it('ends a program at its deadline and says so', async () => {
    const killed: unknown[] = [];
    const guest = await start((message, socket) => {
      if (message.execute === 'guest-sync-delimited') return answerSync(message, socket);
      if (message.execute !== 'guest-exec') return say(socket, { return: { exited: false } });
      const args = message.arguments ?? {};
      if (args.path === '/bin/kill') killed.push(args.arg);
      say(socket, { return: { pid: 42 } });
    });
    const endless = createGuestChannel(async () => ({ agent: guest, shell: new GuestShell('/nowhere') })).exec(
      '/bin/endless',
      [],
      { timeoutMs: 30 },
    );
    await expect(endless).rejects.toMatchObject({ code: 'deadline' });
    expect(killed).toEqual([['-9', '42']]);
  });
});
