import { z } from 'zod';
import { idSchema, timeSchema } from './common';

export const openConsoleSchema = z.strictObject({
  type: z.boolean().default(false).meta({ description: 'Whether to type as well; needs the role operator or admin' }),
});
export type OpenConsoleInput = z.output<typeof openConsoleSchema>;

export const consoleViewSchema = z.object({
  id: idSchema,
  vm: z.object({ id: idSchema, name: z.string() }),
  openedBy: z.string(),
  canType: z.boolean(),
  /** How much was typed; what, is written nowhere. */
  typedBytes: z.int(),
  openedAt: timeSchema,
  closedAt: timeSchema.nullable(),
});
export type ConsoleView = z.infer<typeof consoleViewSchema>;

export const consoleInputSchema = z.strictObject({
  data: z.string().min(1).max(4096).meta({ description: 'As a terminal sends it: `\\r` for enter' }),
});
export type ConsoleInputText = z.output<typeof consoleInputSchema>;

/** Events of a console's stream, by name. */
export const consoleEventSchema = z.union([
  z.object({ text: z.string() }).meta({ description: '`output`: what the guest printed; the kept part first' }),
  z.object({ reason: z.string() }).meta({ description: '`closed`: nothing comes any more' }),
]);

export const vmLogQuerySchema = z.object({ lines: z.coerce.number().int().min(1).max(1000).default(200) });
export type VmLogQuery = z.output<typeof vmLogQuerySchema>;

export const vmLogViewSchema = z.object({
  vm: z.object({ id: idSchema, name: z.string() }),
  at: timeSchema,
  /** The last lines of keepalived, HAProxy and the application. */
  text: z.string(),
});
export type VmLogView = z.infer<typeof vmLogViewSchema>;
