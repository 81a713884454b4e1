import type { Socket } from 'node:net';
import { END_FRAME, FrameReader, frameHeader } from './frames';

/** After this time without a byte the kernel asks whether the other side is still there. */
const KEEP_ALIVE_MS = 10_000;
/** How long a side that says nothing may outlive the other. */
const LINGER_MS = 60_000;

/** Carries plain bytes; the end of one side ends the other's input only. Stops reading while the receiver is full. */
const carry = (from: Socket, to: Socket): void => {
  from.pipe(to, { end: true });
};

/**
 * A side that fails or goes away out of order takes the other with it. One that closes in order leaves the other to
 * finish what it still has to write.
 */
const tie = (a: Socket, b: Socket, onCut: () => void): void => {
  let isCut = false;
  const cut = (): void => {
    if (isCut) return;
    isCut = true;
    onCut();
    a.destroy();
    b.destroy();
  };
  const watch = (self: Socket, other: Socket): void => {
    self.on('error', cut);
    self.on('close', () => {
      if (self.readableEnded && self.writableFinished) other.setTimeout(LINGER_MS, () => other.destroy());
      else cut();
    });
  };
  watch(a, b);
  watch(b, a);
};

/** In the agent: `upstream` is the service's connection, `downstream` leads to the gateway. */
export const relayFramed = (upstream: Socket, downstream: Socket): void => {
  upstream.setKeepAlive(true, KEEP_ALIVE_MS);
  upstream.setNoDelay(true);
  carry(downstream, upstream);
  upstream.on('data', (piece: Buffer) => {
    downstream.cork();
    downstream.write(frameHeader(piece.length));
    const hasRoom = downstream.write(piece);
    downstream.uncork();
    if (!hasRoom) upstream.pause();
  });
  downstream.on('drain', () => upstream.resume());
  upstream.on('end', () => downstream.end(END_FRAME));
  tie(upstream, downstream, () => undefined);
};

/** In the gateway: a client that is cut off gets a reset, never an end that looks like a whole answer. */
export const relayToClient = (agent: Socket, client: Socket): void => {
  const frames = new FrameReader();
  client.setKeepAlive(true, KEEP_ALIVE_MS);
  client.setNoDelay(true);
  carry(client, agent);
  agent.on('data', (piece: Buffer) => {
    let hasRoom = true;
    for (const part of frames.push(piece)) hasRoom = client.write(part);
    if (frames.ended) client.end();
    else if (!hasRoom) agent.pause();
  });
  client.on('drain', () => agent.resume());
  agent.resume();
  agent.on('end', () => {
    if (!frames.ended) client.resetAndDestroy();
  });
  tie(agent, client, () => {
    if (!frames.ended) client.resetAndDestroy();
  });
};
