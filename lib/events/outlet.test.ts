import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createOutlet } from './outlet';

const BUFFER_BYTES = 100;
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

const start = () => {
  const body: string[] = [];
  const sent: string[] = [];
  const decoder = new TextDecoder();
  const response = {
    headersSent: false,
    destroyed: false,
    writableLength: 0,
    write: (chunk: Uint8Array): boolean => sent.push(decoder.decode(chunk)) > 0,
  };
  const controller = { desiredSize: BUFFER_BYTES, enqueue: (chunk: Uint8Array) => body.push(decoder.decode(chunk)) };
  const outlet = createOutlet(controller, BUFFER_BYTES, response);
  return { body, sent, response, outlet };
};

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('what is written to a stream', () => {
  it('waits until the response has begun, and then goes straight to it, in order', () => {
    const { body, sent, response, outlet } = start();
    outlet.write(bytes('one'));
    vi.runOnlyPendingTimers();
    expect([sent, outlet.waitingBytes()]).toEqual([[], 3]);
    response.headersSent = true;
    outlet.write(bytes('two'));
    outlet.write(bytes('three'));
    expect([sent, body]).toEqual([['one', 'two', 'three'], []]);
  });

  it('goes out by itself once the response has begun', () => {
    const { sent, response, outlet } = start();
    outlet.write(bytes('one'));
    response.headersSent = true;
    vi.runOnlyPendingTimers();
    expect(sent).toEqual(['one']);
  });

  it('goes into the body when it ends before that', () => {
    const { body, sent, outlet } = start();
    outlet.write(bytes('one'));
    outlet.close();
    vi.runOnlyPendingTimers();
    expect([sent, body, vi.getTimerCount()]).toEqual([[], ['one'], 0]);
  });

  it('is counted as waiting by what the client has not taken', () => {
    const { response, outlet } = start();
    response.headersSent = true;
    response.writableLength = 70;
    outlet.write(bytes('one'));
    expect(outlet.waitingBytes()).toBe(70);
  });
});
