import type { WorkloadSpec } from '@/lib/domain/workload';
import { nginxStart } from '../nginx-start';
import { WEB_PORT, webNginxConf } from './nginx.conf';

const CONF = '/opt/headroom/web/nginx.conf';
const START = '/opt/headroom/web/start';

/** Stateless HTTP: answers with its node's name; `/cpu?ms=` costs CPU time, `/slow?seconds=` streams a line each second. */
export const web: WorkloadSpec = {
  name: 'web',
  description: 'Stateless web service: answers with its node’s name, costs CPU at /cpu?ms=, streams at /slow?seconds=.',
  packages: ['libnginx-mod-http-lua', 'nginx-light'],
  files: [{ path: CONF, content: webNginxConf(WEB_PORT), mode: '0644' }, nginxStart(START, CONF)],
  startCommand: START,
  port: WEB_PORT,
  servicePort: 80,
  healthPath: '/healthz',
  probePath: '/',
  maxConnections: 128,
  volume: null,
};
