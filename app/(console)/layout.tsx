import type { ReactNode } from 'react';
import { Shell } from '@/components/shell/shell';
import { pageContext } from '@/lib/auth/require-actor';
import { getStatus } from '@/lib/usecases/status/get-status';

export const dynamic = 'force-dynamic';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const context = await pageContext();
  const { name, role } = context.actor;
  return (
    <Shell viewer={{ name, role }} status={await getStatus(context)}>
      {children}
    </Shell>
  );
}
