import type { Metadata } from 'next';
import { AddChannel } from '@/components/settings/add-channel';
import { ChannelsTable } from '@/components/settings/channels-table';
import { DeliveriesList } from '@/components/settings/deliveries-list';
import { Panel } from '@/components/ui/panel';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listChannels, listDeliveries } from '@/lib/usecases/notifications/channels';
import { readAll } from '@/lib/usecases/paging';
import { NoPermission } from '../../no-permission';
import { create, remove, test, update } from './actions';

export const metadata: Metadata = { title: 'Notifications' };

const DELIVERIES_SHOWN = 50;

export default async function NotificationsPage() {
  const context = await pageContext();
  const { role } = context.actor;
  if (!roleCan(role, 'users.write')) return <NoPermission permission="users.write" role={role} />;
  const channels = await readAll((cursor) => listChannels(context, { limit: 200, ...cursor }));
  const { items } = await listDeliveries(context, { limit: DELIVERIES_SHOWN });
  return (
    <div className="flex flex-col gap-4">
      <Panel title="Notifications" flush actions={<AddChannel create={create} />}>
        <ChannelsTable channels={channels} actions={{ remove, test, update }} />
      </Panel>
      <Panel title="Delivery log" flush>
        <DeliveriesList deliveries={items} />
      </Panel>
    </div>
  );
}
