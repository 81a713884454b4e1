// The process that stands where clients stand: run within the clients' network. Argument: the state directory.
import { chownSync, mkdirSync } from 'node:fs';
import { COLLECTOR_ADDRESS, COLLECTOR_PORT } from '@/lib/clustering/ports';
import { setNiceness } from '@/lib/processes/niceness';
import { serveControl } from '../control/server';
import { dropRights, NOBODY } from '../drop-rights';
import { openEntrance } from '../gateway/entrance';
import { STATE_FILE, trafficPaths } from '../paths';
import { exitOnError, writeRecord } from '../run-process';
import { Agent } from './agent';
import { ArpAsker } from './arp';

/** Measuring comes before what is measured, or the machine's load would be taken for the service's slowness. */
const NICENESS = -10;

exitOnError('agent');
const paths = trafficPaths(process.argv[2] ?? '');
mkdirSync(paths.agentState, { recursive: true, mode: 0o700 });
try {
  chownSync(paths.agentState, NOBODY.uid, NOBODY.gid);
} catch {
  // Only root may; the agent works without it.
}
await setNiceness(process.pid, NICENESS);
const arp = await ArpAsker.start(COLLECTOR_ADDRESS);
// Without rights the way to its state may be closed, but not that from within the directory.
process.chdir(paths.agentState);
const agent = new Agent(STATE_FILE, arp);
await openEntrance(paths.shared, (clusterId) => agent.findService(clusterId));
await agent.start(COLLECTOR_ADDRESS, COLLECTOR_PORT);
await serveControl(paths.agent.socket, agent.handlers);
await writeRecord(paths.agent.record);
dropRights();
