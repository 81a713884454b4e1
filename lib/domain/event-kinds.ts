/** Which thing changed. By itself, since every page of the console knows them and not all need the schemas. */
export const EVENT_KINDS = [
  'cluster',
  'node',
  'operation',
  'host',
  'metrics',
  'audit',
  'workload',
  'policy',
  'recommendation',
  'alarm',
  'lab',
] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

/** Name of an entry of an operation's log on the stream of events, which carries it for who asked for that operation. */
export const OPERATION_LOG_EVENT = 'operation-log';
