import type { Metadata } from 'next';
import { HostDetail } from '@/components/hosts/host-detail';
import { Page } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listAlarms } from '@/lib/usecases/alarms/list-alarms';
import { getHost } from '@/lib/usecases/hosts/hosts';
import { alarmActionsFor, OPEN_ALARMS } from '../../alarm-actions';
import { orNotFound } from '../../or-not-found';
import { changeMaintenance, labelHost, labelSite, previewMaintenance } from '../actions';

interface HostPageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async ({ params }: HostPageProps): Promise<Metadata> => ({
  title: decodeURIComponent((await params).name),
});

export default async function HostPage({ params }: HostPageProps) {
  const { name } = await params;
  const context = await pageContext();
  const host = await orNotFound(getHost(context, decodeURIComponent(name)));
  const alarms = await listAlarms(context, OPEN_ALARMS);
  const actions = roleCan(context.actor.role, 'host.maintain')
    ? { preview: previewMaintenance, change: changeMaintenance }
    : null;
  const labelActions = actions === null ? null : { host: labelHost, site: labelSite };
  return (
    <Page>
      <HostDetail
        initial={host}
        actions={actions}
        labelActions={labelActions}
        alarms={alarms}
        alarmActions={alarmActionsFor(context.actor.role)}
      />
    </Page>
  );
}
