/**
 * A client of a cluster, for tests: run inside the clients' namespace, with its options as JSON in its first argument.
 * Open loop: requests begin when they are due, whatever becomes of those before. Begins at once, ends at SIGTERM when
 * everything under way has been answered, and prints a `ClientReport`.
 */
import http from 'node:http';

export interface ClientOptions {
  readonly vip: string;
  readonly requestsPerSecond: number;
  /** Slow answers kept open at all times. */
  readonly streams: number;
  /** Asks on so many connections in turn, instead of on a new one each time. */
  readonly keptConnections?: number;
  /** Posts transactions with ids of this prefix instead of asking for `/`. */
  readonly ledgerPrefix: string | null;
}

export interface ClientReport {
  readonly sent: number;
  readonly failed: number;
  readonly brokenStreams: number;
  readonly completedStreams: number;
  readonly longestGapMs: number;
  /** What went wrong, with how often. */
  readonly errors: Readonly<Record<string, number>>;
  /** Answers by the node that the body or the ledger's entry names. */
  readonly servedBy: Readonly<Record<string, number>>;
  /** Ids that the ledger accepted. */
  readonly accepted: readonly string[];
}

const REQUEST_TIMEOUT_MS = 45_000;
const STREAM_SECONDS = 4;

const run = (options: ClientOptions): void => {
  const errors: Record<string, number> = {};
  const servedBy: Record<string, number> = {};
  const accepted: string[] = [];
  let [sent, failed, brokenStreams, completedStreams, longestGapMs, underWay] = [0, 0, 0, 0, 0, 0];
  let lastAnswer = performance.now();
  let ending = false;

  const count = (of: Record<string, number>, key: string) => {
    of[key] = (of[key] ?? 0) + 1;
  };
  const finishIfDone = () => {
    if (!ending || underWay > 0) return;
    const report: ClientReport = {
      ...{ sent, failed, brokenStreams, completedStreams, longestGapMs: Math.round(longestGapMs) },
      ...{ errors, servedBy, accepted },
    };
    process.stdout.write(`${JSON.stringify(report)}\n`, () => process.exit(0));
  };

  const { keptConnections } = options;
  const agent =
    keptConnections === undefined
      ? false
      : new http.Agent({ keepAlive: true, maxSockets: keptConnections, scheduling: 'fifo' });
  const exchange = (path: string, body: string | null, done: (problem: string | null, text: string) => void) => {
    underWay++;
    let ended = false;
    const end = (problem: string | null, text: string) => {
      if (ended) return;
      ended = true;
      underWay--;
      done(problem, text);
      finishIfDone();
    };
    const request = http.request(
      { host: options.vip, port: 80, path, method: body === null ? 'GET' : 'POST', agent },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (part: string) => {
          text += part;
        });
        const fine = response.statusCode === 200 || response.statusCode === 201;
        response.on('end', () => end(fine ? null : `status ${response.statusCode}`, text));
        response.on('error', (error) => end(error.message, text));
      },
    );
    request.setTimeout(REQUEST_TIMEOUT_MS, () => request.destroy(new Error('timeout')));
    request.on('error', (error) => end(error.message, ''));
    request.end(body ?? undefined);
  };

  const ask = () => {
    const id = options.ledgerPrefix === null ? null : `${options.ledgerPrefix}-${sent}`;
    sent++;
    exchange(
      id === null ? '/' : '/transactions',
      id === null ? null : JSON.stringify({ id, amount: 1 }),
      (problem, text) => {
        if (problem !== null) {
          failed++;
          count(errors, problem);
          return;
        }
        const now = performance.now();
        longestGapMs = Math.max(longestGapMs, now - lastAnswer);
        lastAnswer = now;
        count(servedBy, id === null ? text.trim() : String(JSON.parse(text).acceptedBy));
        if (id !== null) accepted.push(id);
      },
    );
  };

  const stream = () => {
    exchange(`/slow?seconds=${STREAM_SECONDS}`, null, (problem, text) => {
      if (problem === null && text.endsWith('end\n')) completedStreams++;
      else {
        brokenStreams++;
        count(errors, `stream: ${problem ?? 'cut'}`);
      }
      if (!ending) stream();
    });
  };

  for (let i = 0; i < options.streams; i++) stream();
  // All at once, or fewer connections would do.
  for (let i = 0; i < (keptConnections ?? 0); i++) ask();
  let due = performance.now();
  const askWhatIsDue = (): void => {
    for (const now = performance.now(); due <= now; due += 1000 / options.requestsPerSecond) ask();
  };
  // Before it says that it has started: one that is stopped at once has sent a request.
  askWhatIsDue();
  const timer = setInterval(askWhatIsDue, 2);
  process.on('SIGTERM', () => {
    clearInterval(timer);
    ending = true;
    finishIfDone();
  });
  process.stdout.write('started\n');
};

const [argument] = process.argv.slice(2);
if (argument !== undefined) run(JSON.parse(argument) as ClientOptions);
