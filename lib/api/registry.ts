import { Registry } from 'prom-client';

const holder = globalThis as typeof globalThis & { headroomMetrics?: Registry };

/** Metrics of this web process; one registry however often the module is loaded. */
export const processMetrics = (): Registry => {
  holder.headroomMetrics ??= new Registry();
  return holder.headroomMetrics;
};
