// The process that serves the VIPs at ports of this machine. Argument: the state directory.
import { type GatewayMethods, PROTOCOL_VERSION } from '../control/messages';
import { serveControl } from '../control/server';
import { dropRights } from '../drop-rights';
import { trafficPaths } from '../paths';
import { exitOnError, writeRecord } from '../run-process';
import { Gateway } from './gateway';

exitOnError('gateway');
const paths = trafficPaths(process.argv[2] ?? '');
// Without rights the way to the agent's socket may be closed, but not that from within its directory.
process.chdir(paths.shared);
const gateway = new Gateway('.');
await serveControl<GatewayMethods>(paths.gateway.socket, {
  version: () => PROTOCOL_VERSION,
  serve: async ({ ports }) => {
    await gateway.serve(ports);
    return null;
  },
});
await writeRecord(paths.gateway.record);
dropRights();
