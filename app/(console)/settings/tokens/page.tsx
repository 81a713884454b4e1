import type { Metadata } from 'next';
import { CreateToken } from '@/components/settings/create-token';
import { TokensTable } from '@/components/settings/tokens-table';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { readAll } from '@/lib/usecases/paging';
import { listTokens } from '@/lib/usecases/tokens/tokens';
import { NoPermission } from '../../no-permission';
import { addToken, endToken } from './actions';

export const metadata: Metadata = { title: 'API tokens' };

export default async function TokensPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'tokens.write')) return <NoPermission permission="tokens.write" role={role} />;
  const tokens = await readAll((cursor) => listTokens(context, { limit: 200, ...cursor }));
  return (
    <Panel title="API tokens" flush actions={<CreateToken create={addToken} />}>
      <TokensTable tokens={tokens} revoke={endToken} />
    </Panel>
  );
}
