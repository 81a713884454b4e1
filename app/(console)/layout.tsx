import type { ReactNode } from 'react';
import { Shell } from '@/components/shell/shell';
import { pageContext } from '@/lib/auth/require-actor';
import { listNotices } from '@/lib/usecases/personal/notices';
import { getPreferences } from '@/lib/usecases/personal/preferences';
import { getStatus } from '@/lib/usecases/status/get-status';
import { markNoticesRead, savePreferences } from './account/actions';

export const dynamic = 'force-dynamic';

export default async function ConsoleLayout({ children }: { readonly children: ReactNode }) {
  const context = await pageContext();
  const { name, role } = context.actor;
  const [status, preferences, notices] = await Promise.all([
    getStatus(context),
    getPreferences(context),
    listNotices(context),
  ]);
  return (
    <Shell
      viewer={{ name, role }}
      status={status}
      personal={{ preferences, notices, save: savePreferences, markRead: markNoticesRead }}
    >
      {children}
    </Shell>
  );
}
