import type { WorkloadSpec } from '@/lib/domain/workload';
import { nginxStart } from '../nginx-start';
import { ledgerLua } from './ledger.lua';
import { LEDGER_PORT, ledgerNginxConf } from './nginx.conf';

const DIRECTORY = '/opt/headroom/ledger';
const DATA = '/srv/ledger';
const CONF = `${DIRECTORY}/nginx.conf`;
const START = `${DIRECTORY}/start`;

/** Transactions with an id that the client chooses, durable and idempotent, on one data volume. */
export const ledger: WorkloadSpec = {
  name: 'ledger',
  description: 'Transaction service with a data volume: what it has accepted is on disk, once, under the client’s id.',
  packages: ['libnginx-mod-http-lua', 'lua-cjson', 'lua-sql-sqlite3', 'nginx-light', 'sqlite3'],
  files: [
    { path: CONF, content: ledgerNginxConf(LEDGER_PORT, DIRECTORY), mode: '0644' },
    { path: `${DIRECTORY}/ledger.lua`, content: ledgerLua(DATA), mode: '0644' },
    nginxStart(START, CONF),
  ],
  startCommand: START,
  port: LEDGER_PORT,
  servicePort: 80,
  healthPath: '/healthz',
  probePath: '/healthz',
  maxConnections: 256,
  volume: { mountPath: DATA, sizeGiB: 1, standsBy: true },
};
