/** Of Prisma: not reached, timed out, closed, no connection free, too many of them. */
const PRISMA_CODES = new Set(['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037']);
const SOCKET_CODES = new Set(['ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'ENOTFOUND', 'EPIPE']);
/** The driver's own, and the server's while it starts or ends; they have no code, or lose it on their way. */
const MESSAGES =
  /Query read timeout|timeout exceeded when trying to connect|timeout expired|Connection terminated|connection timeout|terminating connection|the database system is (starting up|shutting down)/;

/** Whether something failed because the database is away or stands still, and may do so no more when it is asked again. */
export const isDatabaseUnreachable = (error: unknown): boolean => {
  if (!(error instanceof Error)) return false;
  const code = 'code' in error ? String(error.code) : '';
  return (
    PRISMA_CODES.has(code) ||
    SOCKET_CODES.has(code) ||
    MESSAGES.test(error.message) ||
    (error instanceof AggregateError && error.errors.some(isDatabaseUnreachable)) ||
    isDatabaseUnreachable(error.cause)
  );
};
