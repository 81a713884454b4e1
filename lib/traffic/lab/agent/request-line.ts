/** One request as a member's proxy tells it. */
export interface RequestLine {
  readonly clusterId: string;
  /** Until the answer's headers; the time of the transfer, which a slow stream or client makes long, is not in it. */
  readonly latencyMs: number;
  readonly failed: boolean;
}

/** Longer lines are no request lines. */
const LENGTH_MAX = 256;
const PATTERN = /^H1 (\S+) (-?\d+) \+?(-?\d+) \+?(-?\d+) (\S{2})\s*$/;

/**
 * Reads `H1 <cluster> %ST %Ta %Td %ts`: status, active time and data time in milliseconds, and how the session ended
 * (HAProxy's configuration manual, 8.2.4 and 8.5). A request failed when the proxy or the application answered 5xx, or
 * when anything but the client (C, c) cut it off. Null for any other text.
 */
export const parseRequestLine = (text: string): RequestLine | null => {
  const found = text.length > LENGTH_MAX ? null : PATTERN.exec(text);
  if (found === null) return null;
  const [, clusterId = '', status = '', active = '', data = '', ended = ''] = found;
  const isClients = ended.startsWith('C') || ended.startsWith('c');
  const isCut = !ended.startsWith('-') && !isClients;
  const transferMs = Math.max(0, Number(data));
  return {
    clusterId,
    latencyMs: Math.max(0, Number(active) - transferMs),
    failed: Number(status) >= 500 || (!isClients && Number(status) <= 0) || (isCut && !/^[LP]/.test(ended)),
  };
};
