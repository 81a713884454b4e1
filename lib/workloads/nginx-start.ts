import type { WorkloadFile } from '@/lib/domain/workload';

/**
 * systemd ends a service with SIGTERM, at which nginx drops its connections. This stays in front of nginx and turns
 * SIGTERM into SIGQUIT, at which nginx finishes what it has accepted. A second run after a crash finds no stale state.
 */
const start = (confPath: string, before: string): string => `#!/bin/sh
set -eu
${before}/usr/sbin/nginx -e stderr -c ${confPath} -g 'daemon off;' &
nginx=$!
trap 'kill -QUIT "$nginx"' TERM INT
# wait returns early when the signal comes; the second one waits for the end.
code=0; wait "$nginx" || code=$?
if kill -0 "$nginx" 2>/dev/null; then code=0; wait "$nginx" || code=$?; fi
exit "$code"
`;

/** The start script of a built-in workload on nginx; `before` are shell lines that run first, each with its newline. */
export const nginxStart = (path: string, confPath: string, before = ''): WorkloadFile => ({
  path,
  content: start(confPath, before),
  mode: '0755',
});
