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

class FakeStream implements EventStream {
  readyState = 0;
  isClosed = false;
  readonly listeners = new Map<string, ((event: { readonly data?: unknown }) => void)[]>();

  addEventListener(type: string, listener: (event: { readonly data?: unknown }) => void): void {
    this.listeners.set(type, [...(this.listeners.get(type) ?? []), listener]);
  }

  close(): void {
    this.isClosed = true;
  }

  emit(type: string, data?: unknown): void {
    for (const listener of this.listeners.get(type) ?? []) listener({ data });
  }
}

const start = () => {
  const streams: FakeStream[] = [];
  const events: EventView[] = [];
  const states: string[] = [];
  const timers: { run: () => void; delayMs: number; isCancelled: boolean }[] = [];
  let gaps = 0;
  const end = keepConnection({
    open: () => {
      const stream = new FakeStream();
      streams.push(stream);
      return stream;
    },
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
  return { stream, streams, events, states, timers, end, gaps: () => gaps };
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
