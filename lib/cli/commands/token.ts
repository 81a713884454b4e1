import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { TokenCreated, TokenView } from '@/lib/domain/contract';
import { CliError, EXIT } from '../cli-error';
import { type ApiClient, connect, listAll } from '../client';
import { outputOf } from '../context';
import { findLocalFile } from '../home';
import { note, print, printLine, printTable } from '../output';

/** What the token commands need, from the API or, on the machine itself, from the database. */
interface Tokens {
  readonly create: (name: string, role: string) => Promise<TokenCreated>;
  readonly list: () => Promise<readonly TokenView[]>;
  readonly revoke: (id: string) => Promise<TokenView>;
}

const throughApi = (client: ApiClient): Tokens => ({
  create: (name, role) => client.request('POST', '/tokens', { body: { name, role } }),
  list: () => listAll<TokenView>(client, '/tokens'),
  revoke: (id) => client.request('DELETE', `/tokens/${encodeURIComponent(id)}`),
});

const throughDatabase = async (url: string, work: (tokens: Tokens) => Promise<void>): Promise<void> => {
  const [{ createDatabase }, { systemActor }, tokens, { createTokenSchema }, { parseInput }] = await Promise.all([
    import('@/lib/db/client'),
    import('@/lib/usecases/context'),
    import('@/lib/usecases/tokens/tokens'),
    import('@/lib/domain/contract'),
    import('@/lib/api/parse'),
  ]);
  const connection = createDatabase(url, { connectionsMax: 1 });
  const context = {
    db: connection.prisma,
    actor: systemActor('cli'),
    clock: () => new Date(),
    requestId: randomUUID(),
  };
  try {
    await work({
      create: (name, role) => tokens.createToken(context, parseInput(createTokenSchema, { name, role })),
      list: async () => {
        const found: TokenView[] = [];
        let cursor: string | undefined;
        do {
          const page = await tokens.listTokens(context, { limit: 200, cursor });
          found.push(...page.items);
          cursor = page.nextCursor ?? undefined;
        } while (cursor !== undefined);
        return found;
      },
      revoke: (id) => tokens.revokeToken(context, id),
    });
  } finally {
    await connection.close();
  }
};

/** On the machine itself no token is needed: whoever reads the state directory or DATABASE_URL administers anyway. */
const withTokens = async (work: (tokens: Tokens) => Promise<void>): Promise<void> => {
  const isRemote = process.env.HEADROOM_URL !== undefined;
  const url = isRemote ? null : (process.env.DATABASE_URL ?? (await findLocalFile('databaseUrl')));
  if (url !== null) return throughDatabase(url, work);
  const client = await connect().catch((error: unknown) => {
    if (!(error instanceof CliError) || isRemote) throw error;
    throw new CliError(
      EXIT.denied,
      'Run this where Headroom runs, as the user that started it, or set HEADROOM_URL and HEADROOM_TOKEN.',
      { code: 'unauthenticated' },
    );
  });
  return work(throughApi(client));
};

export const create = async (
  options: { readonly name: string; readonly role: string },
  command: Command,
): Promise<void> =>
  withTokens(async (tokens) => {
    const created = await tokens.create(options.name, options.role);
    await print(outputOf(command), created, () => {
      printLine(created.token);
      note('Keep it: it is not shown again.');
    });
  });

export const list = async (command: Command): Promise<void> =>
  withTokens(async (tokens) => {
    const found = await tokens.list();
    await print(outputOf(command), found, () =>
      printTable(
        ['ID', 'NAME', 'ROLE', 'CREATED', 'BY', 'LAST USED', 'REVOKED'],
        found.map((t) => [t.id, t.name, t.role, t.createdAt, t.createdBy, t.lastUsedAt, t.revokedAt]),
      ),
    );
  });

export const revoke = async (id: string, command: Command): Promise<void> =>
  withTokens(async (tokens) => {
    const revoked = await tokens.revoke(id);
    await print(outputOf(command), revoked, () => printLine(`Token ${revoked.name} works no more.`));
  });
