import type { Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { Qmp, QmpError } from './qmp';
import { type FakePeer, startFakePeer } from './testing';

const GREETING = { QMP: { version: { qemu: { major: 7, minor: 2, micro: 0 } }, capabilities: [] } };

const say = (socket: Socket, message: unknown): void => {
  socket.write(`${JSON.stringify(message)}\r\n`);
};

describe('a monitor session', () => {
  let peer: FakePeer | null = null;
  afterEach(async () => {
    await peer?.close();
    peer = null;
  });

  const connect = async (onCommand: (message: Record<string, unknown>, socket: Socket) => void): Promise<Qmp> => {
    peer = await startFakePeer({
      onConnect: (socket) => say(socket, GREETING),
      onLine: (message, socket) =>
        message.execute === 'qmp_capabilities'
          ? say(socket, { return: {}, id: message.id })
          : onCommand(message, socket),
    });
    return Qmp.connect(peer.path, { deadlineMs: 5_000 });
  };

  it('gives each of several commands its own answer, in whatever order they come', async () => {
    const waiting: Record<string, unknown>[] = [];
    const qmp = await connect((message, socket) => {
      waiting.push(message);
      if (waiting.length < 3) return;
      for (const { id, execute } of waiting.reverse()) say(socket, { return: `about ${execute}`, id });
    });
    const answers = await Promise.all(['a', 'b', 'c'].map((command) => qmp.execute(command)));
    expect(answers).toEqual(['about a', 'about b', 'about c']);
    qmp.close();
  });

  it('hands a refusal on with its class, and stays usable', async () => {
    const qmp = await connect((message, socket) =>
      message.execute === 'bad'
        ? say(socket, { error: { class: 'DeviceNotFound', desc: 'no such device' }, id: message.id })
        : say(socket, { return: {}, id: message.id }),
    );
    const refusal = await qmp.execute('bad').catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(QmpError);
    expect(refusal).toMatchObject({ code: 'failed', className: 'DeviceNotFound' });
    await expect(qmp.execute('good')).resolves.toEqual({});
    qmp.close();
  });

  it('finds the answer behind an event that arrives in pieces', async () => {
    const event = Buffer.from(`${JSON.stringify({ event: 'DEVICE_DELETED', data: { device: 'größe' } })}\r\n`);
    const qmp = await connect((message, socket) => {
      // Cut inside a character of two bytes.
      const cut = event.indexOf(0xc3) + 1;
      socket.write(event.subarray(0, cut));
      setImmediate(() => {
        socket.write(event.subarray(cut));
        say(socket, { return: {}, id: message.id });
      });
    });
    await expect(qmp.execute('device_del')).resolves.toEqual({});
    qmp.close();
  });

  it('rejects everything that waits when QEMU ends, and every later command', async () => {
    const qmp = await connect(() => peer?.hangUp());
    const closed = new Promise<void>((resolve) => qmp.onClose(resolve));
    await expect(qmp.execute('quit')).rejects.toMatchObject({ code: 'unreachable' });
    await closed;
    await expect(qmp.execute('query-status')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('gives a command up at its deadline and ignores the answer that comes too late', async () => {
    let late: { id: unknown; socket: Socket } | null = null;
    const qmp = await connect((message, socket) => {
      if (message.execute === 'slow') late = { id: message.id, socket };
      else {
        if (late !== null) say(late.socket, { return: 'too late', id: late.id });
        say(socket, { return: 'in time', id: message.id });
      }
    });
    await expect(qmp.execute('slow', {}, { deadlineMs: 1 })).rejects.toMatchObject({ code: 'deadline' });
    await expect(qmp.execute('next')).resolves.toBe('in time');
    qmp.close();
  });

  it('does not wait for ever for a monitor that says nothing', async () => {
    peer = await startFakePeer({ onLine: () => undefined });
    await expect(Qmp.connect(peer.path, { deadlineMs: 20 })).rejects.toMatchObject({ code: 'deadline' });
    await expect(Qmp.connect(`${peer.path}.no`, { deadlineMs: 20 })).rejects.toMatchObject({ code: 'unreachable' });
  });
});
