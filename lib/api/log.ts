import pino from 'pino';

/** The web process's log: one JSON object a line on standard output. */
export const log = pino({
  name: 'web',
  level: process.env.HEADROOM_LOG_LEVEL ?? 'info',
  serializers: { error: pino.stdSerializers.err },
});
