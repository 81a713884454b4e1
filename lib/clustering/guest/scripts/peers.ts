import { HypervisorError } from '@/lib/hypervisors/types';
import { type GuestScript, NOT_INSTALLED } from '../shell';

/** Prints the node's name, then a line for each server of the backend `app` as HAProxy's `show stat` writes it. */
export const peersScript: GuestScript = {
  what: 'Asking for the view of the proxy',
  waits: true,
  body: `
[ -n "$SELF" ] || exit ${NOT_INSTALLED}
echo "$SELF"
ask 'show stat app 4 -1'
`,
  timeoutMs: 20_000,
};

/** `pxname`, `svname` and `status` in HAProxy's statistics; what is between and behind them does not matter here. */
const PROXY_FIELD = 0;
const SERVER_FIELD = 1;
const STATUS_FIELD = 17;

/** HAProxy's word for the other servers: "UP", "UP 1/2", "DOWN", "DOWN 1/2", "MAINT", "NOLB"… Only the first serves. */
export const parsePeers = (text: string): ReadonlyMap<string, boolean> => {
  const [self = '', ...lines] = text.split('\n');
  if (self === '') throw new HypervisorError('guest_failed', 'The guest does not say what its proxy sees.');
  const servers = lines.map((line) => line.split(',')).filter((fields) => fields[PROXY_FIELD] === 'app');
  return new Map(
    servers
      .map((fields): readonly [string, boolean] => [
        fields[SERVER_FIELD] ?? '',
        (fields[STATUS_FIELD] ?? '').startsWith('UP'),
      ])
      .filter(([name]) => name !== self),
  );
};
