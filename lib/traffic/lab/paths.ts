import { join } from 'node:path';
import { HypervisorError } from '@/lib/hypervisors/types';

/** Linux: sizeof(sun_path) of unix(7), with its closing zero. */
const SOCKET_PATH_BYTES = 108;

/** What lies in the traffic directory. Only the files below `shared` are for processes without rights. */
export interface TrafficPaths {
  readonly directory: string;
  readonly lock: string;
  readonly agent: ProcessPaths;
  readonly gateway: ProcessPaths;
  /** Belongs to the user that the agent becomes: it holds its state. */
  readonly agentState: string;
  /** The gateway works in here; it holds the socket at which the agent takes connections for the VIPs. */
  readonly shared: string;
}

export interface ProcessPaths {
  readonly socket: string;
  readonly record: string;
  readonly log: string;
}

/** Names that the processes use from within their own directory: after giving up rights the way there may be closed. */
export const STATE_FILE = 'state.json';
export const DATA_SOCKET = 'data.sock';

/** @param home the state directory. Throws when it lies so deep that sockets in it would have no name. */
export const trafficPaths = (home: string): TrafficPaths => {
  const directory = join(home, 'traffic');
  const of = (name: string): ProcessPaths => ({
    socket: join(directory, `${name}.sock`),
    record: join(directory, `${name}.json`),
    log: join(directory, `${name}.log`),
  });
  const paths = {
    directory,
    lock: join(directory, 'lock'),
    agent: of('agent'),
    gateway: of('gateway'),
    agentState: join(directory, 'state'),
    shared: join(directory, 'shared'),
  };
  const longest = Math.max(...[paths.gateway.socket, join(paths.shared, DATA_SOCKET)].map((p) => Buffer.byteLength(p)));
  if (longest >= SOCKET_PATH_BYTES) {
    throw new HypervisorError('failed', `HEADROOM_HOME is too long for sockets in it: ${home}`);
  }
  return paths;
};
