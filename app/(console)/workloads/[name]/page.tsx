import type { Metadata } from 'next';
import { Page } from '@/components/ui/page-header';
import { WorkloadDetail } from '@/components/workloads/workload-detail';
import { pageContext } from '@/lib/auth/require-actor';
import { roleCan } from '@/lib/domain/role';
import { listClusters } from '@/lib/usecases/clusters/list-clusters';
import { getWorkload } from '@/lib/usecases/workloads/workloads';
import { orNotFound } from '../../or-not-found';
import { removeWorkload } from '../actions';

interface WorkloadPageProps {
  readonly params: Promise<{ readonly name: string }>;
}

export const generateMetadata = async ({ params }: WorkloadPageProps): Promise<Metadata> => ({
  title: decodeURIComponent((await params).name),
});

export default async function WorkloadPage({ params }: WorkloadPageProps) {
  const { name } = await params;
  const context = await pageContext();
  const [workload, clusters] = await Promise.all([
    orNotFound(getWorkload(context, decodeURIComponent(name))),
    listClusters(context, { limit: 200 }),
  ]);
  return (
    <Page>
      <WorkloadDetail
        initial={workload}
        clusters={clusters}
        remove={roleCan(context.actor.role, 'workload.write') ? removeWorkload : null}
      />
    </Page>
  );
}
