import { describe, expect, it, vi } from 'vitest';
import { encodeSse, type SseSink, sseResponse } from './sse';

const open = (signal = new AbortController().signal) => {
  const stopped = vi.fn();
  let sink: SseSink | null = null;
  const response = sseResponse(signal, (given) => {
    sink = given;
    return stopped;
  });
  if (sink === null) throw new Error('the source was not started');
  return { response, stopped, sink: sink as SseSink };
};

describe('a stream of server-sent events', () => {
  it('is written as the standard says, and ends its source when dropped', async () => {
    const { response, stopped, sink } = open();
    sink.send({ id: '4-2', event: 'cluster', data: { text: 'two\nlines' } });
    sink.send({ data: 1 });
    sink.drop();
    sink.send({ data: 'late' });
    expect(await response.text()).toBe(
      'retry: 1000\n: open\n\nid: 4-2\nevent: cluster\ndata: {"text":"two\\nlines"}\n\ndata: 1\n\nretry: 1000\n\n',
    );
    expect(stopped).toHaveBeenCalledTimes(1);
    expect(response.headers.get('content-type')).toContain('text/event-stream');
  });

  it('gives bytes that were made once to any number of streams', async () => {
    const bytes = encodeSse({ id: '4-2', event: 'host', data: { n: 1 } });
    const streams = [open(), open()];
    for (const { sink } of streams) {
      sink.sendEncoded(bytes);
      sink.drop();
    }
    for (const { response } of streams)
      expect(await response.text()).toContain('id: 4-2\nevent: host\ndata: {"n":1}\n\n');
  });

  it('drops a client that does not read', () => {
    const { stopped, sink } = open();
    const data = 'x'.repeat(10_000);
    for (let i = 0; i < 100; i += 1) sink.send({ data });
    expect(stopped).toHaveBeenCalledTimes(1);
  });

  it('ends its source when the client goes', async () => {
    const byCancel = open();
    await byCancel.response.body?.cancel();
    expect(byCancel.stopped).toHaveBeenCalledTimes(1);
    const controller = new AbortController();
    const byAbort = open(controller.signal);
    controller.abort();
    expect(byAbort.stopped).toHaveBeenCalledTimes(1);
  });
});
