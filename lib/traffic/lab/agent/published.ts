import { NO_LOAD } from '../../no-load';
import type { LoadSpec, LoadStatus, PublishedTarget } from '../../types';
import type { Heartbeat } from './heartbeat';
import { LOAD_RATE_MAX, Load, SLOW_STREAMS_MAX } from './load';
import { Prober } from './prober';

/** A cluster that clients reach: it is probed, and there may be load on it. */
export class Published {
  readonly prober: Prober;
  #load: Load | null = null;
  #wanted: LoadSpec | null = null;

  constructor(
    readonly target: PublishedTarget,
    private readonly heartbeat: Heartbeat,
  ) {
    this.prober = new Prober(target, heartbeat);
  }

  /** What is to go on after a restart; null when there is no load. */
  get wantedLoad(): LoadSpec | null {
    return this.#wanted;
  }

  /** A changed load goes on counting; one that is set after none counts from zero. */
  setLoad(wanted: LoadSpec): LoadStatus {
    const spec = {
      path: wanted.path,
      requestsPerSecond: Math.min(LOAD_RATE_MAX, Math.max(0, wanted.requestsPerSecond)),
      slowStreams: Math.min(SLOW_STREAMS_MAX, Math.max(0, Math.floor(wanted.slowStreams))),
    };
    const isOff = spec.requestsPerSecond <= 0 && spec.slowStreams <= 0;
    this.#wanted = isOff ? null : spec;
    if (isOff) this.#load?.end();
    else if (this.#load?.isRunning) this.#load.change(spec);
    else this.#load = new Load(this.target, spec, this.heartbeat);
    return this.loadStatus();
  }

  loadStatus(): LoadStatus {
    return this.#load?.status() ?? NO_LOAD;
  }

  stop(): void {
    this.prober.stop();
    this.#load?.end();
  }
}
