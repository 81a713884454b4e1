import { describe, expect, it } from 'vitest';
import type { EventView } from '@/lib/domain/contract';
import { type EventStream, keepConnection, parseEvent, reconnectDelayMs } from './connection';

const EVENT: EventView = {
  kind: 'operation',
  at: '2026-01-01T00:00:00.000Z',
  clusterId: 'c1',
  operationId: 'o1',
  payload: {},
};

type Listener = (event: { readonly data?: unknown; readonly lastEventId?: string }) => void;

class FakeStream implements EventStream {
  readyState = 0;
  isClosed = false;
  readonly listeners = new Map<string, Listener[]>();

  addEventListener(type: string, listener: Listener): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  close(): void {
    this.isClosed = true;
  }

  emit(type: string, data?: unknown, lastEventId = ''): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ data, lastEventId });
  }
}

const start = () => {
  const streams: FakeStream[] = [];
  const events: EventView[] = [];
  const states: string[] = [];
  const timers: { run: () => void; delayMs: number; isCancelled: boolean }[] = [];
  const asked: (string | null)[] = [];
  const logs: unknown[] = [];
  let gaps = 0;
  const { reopen, end } = keepConnection({
    open: (after) => {
      const stream = new FakeStream();
      streams.push(stream);
      asked.push(after);
      return stream;
    },
    onLog: (data) => logs.push(data),
    onEvent: (event) => events.push(event),
    onState: (state) => states.push(state),
    onGap: () => {
      gaps += 1;
    },
    schedule: (run, delayMs) => {
      const timer = { run, delayMs, isCancelled: false };
      timers.push(timer);
      return () => {
        timer.isCancelled = true;
      };
    },
  });
  const stream = (i: number): FakeStream => {
    const found = streams[i];
    if (found === undefined) throw new Error(`no stream ${i}`);
    return found;
  };
  return { stream, streams, events, states, timers, asked, logs, reopen, end, gaps: () => gaps };
};

describe('the live connection', () => {
  it('hands on events of every kind it knows and leaves others out', () => {
    const live = start();
    live.stream(0).emit('open');
    live.stream(0).emit('operation', JSON.stringify(EVENT));
    live.stream(0).emit('operation', 'not JSON');
    live.stream(0).emit('operation', JSON.stringify({ ...EVENT, kind: 'weather' }));
    expect(live.events).toEqual([EVENT]);
    expect(live.states).toEqual(['open']);
  });

  it('leaves an interrupted stream to the browser, which resumes it where it was', () => {
    const live = start();
    live.stream(0).emit('open');
    live.stream(0).emit('error');
    expect(live.states.at(-1)).toBe('reconnecting');
    live.stream(0).emit('open');
    expect(live.states.at(-1)).toBe('open');
    expect(live.streams).toHaveLength(1);
    expect(live.gaps()).toBe(0);
  });

  it('opens a refused stream anew, and says that events may have been missed', () => {
    const live = start();
    live.stream(0).emit('open');
    live.stream(0).readyState = 2;
    live.stream(0).emit('error');
    expect(live.stream(0).isClosed).toBe(true);
    live.timers[0]?.run();
    expect(live.gaps()).toBe(0);
    live.stream(1).emit('open');
    expect(live.gaps()).toBe(1);
  });

  it('waits longer after each refusal, never longer than 15 seconds, and briefly again once it was open', () => {
    const live = start();
    for (let i = 0; i < 6; i += 1) {
      live.stream(i).readyState = 2;
      live.stream(i).emit('error');
      live.timers[i]?.run();
    }
    expect(live.timers.map((timer) => timer.delayMs)).toEqual([1_000, 2_000, 4_000, 8_000, 15_000, 15_000]);
    live.stream(6).emit('open');
    live.stream(6).readyState = 2;
    live.stream(6).emit('error');
    expect(live.timers.at(-1)?.delayMs).toBe(reconnectDelayMs(0));
  });

  it('goes on after the last event when something else is asked of it, and hears the stream before no more', () => {
    const live = start();
    live.stream(0).emit('open');
    live.stream(0).emit('operation', JSON.stringify(EVENT), '7-1');
    live.reopen();
    expect(live.stream(0).isClosed).toBe(true);
    expect(live.asked).toEqual([null, '7-1']);
    live.stream(1).emit('open');
    live.stream(0).emit('operation', JSON.stringify(EVENT), '7-2');
    live.stream(1).emit('operation-log', '{}');
    expect(live.events).toHaveLength(1);
    expect(live.logs).toEqual(['{}']);
    expect(live.gaps()).toBe(0);
  });

  it('says that events may have been missed when it was opened anew before the first', () => {
    const live = start();
    live.stream(0).emit('open');
    live.reopen();
    live.stream(1).emit('open');
    expect(live.gaps()).toBe(1);
  });

  it('leaves nothing behind when it ends', () => {
    const live = start();
    live.stream(0).readyState = 2;
    live.stream(0).emit('error');
    live.end();
    expect(live.timers[0]?.isCancelled).toBe(true);
    live.stream(0).emit('operation', JSON.stringify(EVENT));
    expect(live.events).toEqual([]);
  });
});

describe('an event', () => {
  it.each([undefined, 5, '', '{}', 'null', '[]'])('is nothing when the data are %j', (data) => {
    expect(parseEvent(data)).toBeNull();
  });
});
