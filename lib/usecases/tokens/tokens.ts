import { hashToken, newApiToken } from '@/lib/auth/token';
import type { ApiToken } from '@/lib/db/generated/client';
import type { CreateTokenInput, Page, PageQuery, TokenCreated, TokenView } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, describeActor, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { afterNewest, encodeCursor, toPage } from '../paging';
import { record } from '../record';

const toTokenView = (token: ApiToken): TokenView => ({
  id: token.id,
  name: token.name,
  role: token.role,
  createdBy: token.createdBy,
  createdAt: token.createdAt.toISOString(),
  lastUsedAt: token.lastUsedAt?.toISOString() ?? null,
  revokedAt: token.revokedAt?.toISOString() ?? null,
});

/** Newest first, revoked ones included. */
export const listTokens = async (context: UseCaseContext, query: PageQuery): Promise<Page<TokenView>> => {
  authorise(context, 'tokens.write');
  const rows = await context.db.apiToken.findMany({
    where: afterNewest('createdAt', query.cursor),
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toTokenView, (t) => encodeCursor(t.createdAt.toISOString(), t.id));
};

/** The answer is the only place where the token itself ever appears. */
export const createToken = async (context: UseCaseContext, input: CreateTokenInput): Promise<TokenCreated> => {
  authorise(context, 'tokens.write');
  const token = newApiToken();
  return record(context, async (tx) => {
    const row = await tx.apiToken.create({
      data: {
        id: newId(),
        name: input.name,
        role: input.role,
        tokenHash: hashToken(token),
        createdBy: describeActor(context.actor),
        createdAt: context.clock(),
      },
    });
    return {
      value: { ...toTokenView(row), token },
      audit: { action: 'token.create', subject: `token/${row.id}`, detail: { name: row.name, role: row.role } },
    };
  });
};

/** Takes effect with the next request. Revoking a revoked token changes nothing. */
export const revokeToken = async (context: UseCaseContext, tokenId: string): Promise<TokenView> => {
  authorise(context, 'tokens.write');
  return record(context, async (tx) => {
    const token = await tx.apiToken.findUnique({ where: { id: tokenId } });
    if (token === null) throw new HeadroomError('not_found', 'There is no such token.');
    const row =
      token.revokedAt === null
        ? await tx.apiToken.update({ where: { id: tokenId }, data: { revokedAt: context.clock() } })
        : token;
    return {
      value: toTokenView(row),
      audit: { action: 'token.revoke', subject: `token/${token.id}`, detail: { name: token.name } },
    };
  });
};
