import type { Metadata } from 'next';
import { ClusterDetail } from '@/components/clusters/cluster-detail';
import { OPERATIONS_SHOWN, POLICIES_SHOWN, REVISIONS_SHOWN } from '@/components/clusters/limits';
import { ClusterCostPanel } from '@/components/cost/cluster-cost-panel';
import { Page } from '@/components/ui/page-header';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listAlarms } from '@/lib/usecases/alarms/list-alarms';
import { getClusterCost } from '@/lib/usecases/billing/costs';
import { getCluster } from '@/lib/usecases/clusters/get-cluster';
import { listRevisions } from '@/lib/usecases/clusters/list-revisions';
import { listOperations } from '@/lib/usecases/operations/operations';
import { listPolicies } from '@/lib/usecases/policies/policies';
import { alarmActionsFor, OPEN_ALARMS } from '../../alarm-actions';
import { chargeCluster } from '../../cost/actions';
import { orNoRates } from '../../cost/or-no-rates';
import { orNotFound } from '../../or-not-found';
import {
  askForChange,
  changeLoad,
  previewChange,
  previewFailover,
  startChange,
  startDeletion,
  startFailover,
} from '../actions';

interface ClusterPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export const generateMetadata = async ({ params }: ClusterPageProps): Promise<Metadata> => ({
  title: decodeURIComponent((await params).id),
});

export default async function ClusterPage({ params }: ClusterPageProps) {
  const { id } = await params;
  const context = await pageContext();
  const cluster = await orNotFound(getCluster(context, decodeURIComponent(id)));
  const [alarms, operations, revisions, policies] = await Promise.all([
    listAlarms(context, OPEN_ALARMS),
    listOperations(context, { cluster: cluster.id, limit: OPERATIONS_SHOWN }),
    listRevisions(context, cluster.id, { limit: REVISIONS_SHOWN }),
    listPolicies(context, { cluster: cluster.id, limit: POLICIES_SHOWN }),
  ]);
  const { role } = context.actor;
  const cost = roleCan(role, 'usage.read') ? await orNoRates(getClusterCost(context, cluster.id)) : null;
  return (
    <Page>
      <ClusterDetail
        initial={cluster}
        operations={operations}
        revisions={revisions}
        policies={policies}
        cost={cost}
        costPanel={
          cost === null ? undefined : (
            <ClusterCostPanel
              cluster={{ id: cluster.id, name: cluster.name }}
              cost={cost}
              charge={roleCan(role, 'rates.write') ? chargeCluster : null}
            />
          )
        }
        alarms={alarms}
        alarmActions={alarmActionsFor(role)}
        actions={{
          change: roleCan(role, 'cluster.change')
            ? { preview: previewChange, start: startChange, ask: askForChange }
            : null,
          failover: roleCan(role, 'cluster.change') ? { preview: previewFailover, start: startFailover } : null,
          load: roleCan(role, 'cluster.load') ? changeLoad : null,
          remove: roleCan(role, 'cluster.delete') ? startDeletion : null,
        }}
      />
    </Page>
  );
}
