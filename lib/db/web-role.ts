import { randomBytes } from 'node:crypto';
import pg from 'pg';

const ROLE = 'headroom_web';

/**
 * A role for the web process that reads and writes rows and can do nothing else: no schema changes, no disabling of the
 * triggers that keep the audit trail append-only, no taking of the orchestrator's lease, no writing into the usage ledger. It gets a new password each
 * time. Resolves with the URL to connect with. Call after the migrations.
 *
 * @param url of the database, as its owner
 */
export const ensureWebRole = async (url: string): Promise<string> => {
  const password = randomBytes(18).toString('base64url');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [ROLE]);
    if (rowCount === 0) await client.query(`create role ${ROLE}`);
    await client.query(`alter role ${ROLE} login password ${client.escapeLiteral(password)}`);
    await client.query(`
      grant usage on schema public to ${ROLE};
      grant select, insert, update, delete on all tables in schema public to ${ROLE};
      grant usage, select on all sequences in schema public to ${ROLE};
      revoke insert, update, delete on "Lease", "_prisma_migrations" from ${ROLE};
      revoke insert, update, delete on "ChainHead" from ${ROLE};
      revoke insert, update, delete on "Image", "ConsoleChunk" from ${ROLE};
      revoke insert, update, delete on "UsageFact", "UsageInterval", "UsageOpen", "UsageDay" from ${ROLE};
    `);
  } finally {
    await client.end();
  }
  const own = new URL(url);
  own.username = ROLE;
  own.password = password;
  return own.toString();
};
