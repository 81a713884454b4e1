import type { Metadata } from 'next';
import { CreateToken } from '@/components/settings/create-token';
import { TokensTable } from '@/components/settings/tokens-table';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { readAll } from '@/lib/usecases/paging';
import { listTokens } from '@/lib/usecases/tokens/tokens';
import { addToken, endToken } from './actions';

export const metadata: Metadata = { title: 'API tokens' };

export default async function TokensPage() {
  const context = await pageContext();
  // The layout says why; it and this page are rendered independently of each other.
  if (!roleCan(context.actor.role, 'tokens.write')) return null;
  const tokens = await readAll((cursor) => listTokens(context, { limit: 200, ...cursor }));
  return (
    <Panel title="API tokens" flush actions={<CreateToken create={addToken} />}>
      <TokensTable tokens={tokens} revoke={endToken} />
    </Panel>
  );
}
