'use client';

import { useQuery } from '@tanstack/react-query';
import { Boxes } from 'lucide-react';
import Link from 'next/link';
import { clustersQuery, workloadQuery } from '@/components/live/queries';
import { ClusterStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Panel } from '@/components/ui/panel';
import type { ClusterView, Page, WorkloadView } from '@/lib/domain/contract';
import { DeleteWorkload } from './delete-workload';
import type { WorkloadActions } from './workload-actions';
import { WorkloadKind } from './workload-kind';

const CLUSTER_COLUMNS: readonly DataColumn<ClusterView>[] = [
  {
    id: 'name',
    header: 'Cluster',
    sortBy: (cluster) => cluster.name,
    cell: ({ name }) => (
      <Link prefetch={false} href={`/clusters/${name}`} className="rounded-sm font-medium text-fg hover:underline">
        {name}
      </Link>
    ),
  },
  { id: 'state', header: 'State', cell: ({ state }) => <ClusterStatus state={state} /> },
  { id: 'nodes', header: 'Nodes', numeric: true, cell: ({ requirements }) => requirements.nodes },
];

const Code = ({ children }: { readonly children: string }) => <code className="font-mono text-xs">{children}</code>;

const Facts = ({ workload }: { readonly workload: WorkloadView }) => {
  const { spec } = workload;
  return (
    <DescriptionList>
      <Description term="Start command">
        <Code>{spec.startCommand}</Code>
      </Description>
      <Description term="Ports">
        {spec.servicePort} at the VIP, {spec.port} in the guest
      </Description>
      <Description term="Health check">
        <Code>{spec.healthPath}</Code>
      </Description>
      <Description term="Probed path">
        <Code>{spec.probePath}</Code>
      </Description>
      <Description term="Connections">{spec.maxConnections} a node, more go to a less busy peer</Description>
      <Description term="Data volume">
        {spec.volume === null ? (
          'None: every node answers'
        ) : (
          <>
            {spec.volume.sizeGiB} GiB at <Code>{spec.volume.mountPath}</Code>; one node runs it at a time
          </>
        )}
      </Description>
      <Description term="Packages">
        <span className="flex flex-wrap gap-1">
          {spec.packages.length === 0 ? 'None' : spec.packages.map((name) => <Badge key={name}>{name}</Badge>)}
        </span>
      </Description>
    </DescriptionList>
  );
};

const FilesPanel = ({ files }: { readonly files: WorkloadView['spec']['files'] }) => (
  <Panel title={`Files (${files.length})`} flush>
    {files.length === 0 ? (
      <p className="p-4 text-fg-3 text-sm">It writes no files of its own.</p>
    ) : (
      files.map(({ path, mode, content }) => (
        <details key={path} className="border-b last:border-b-0">
          <summary className="cursor-pointer px-4 py-2.5 text-sm hover:bg-subtle/60">
            <span className="break-all font-mono text-fg text-xs">{path}</span>{' '}
            <span className="text-fg-3 text-xs">{mode}</span>
          </summary>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <section aria-label={`Content of ${path}`} tabIndex={0} className="max-h-96 overflow-auto border-t bg-subtle">
            <pre className="p-4 font-mono text-fg text-xs">{content}</pre>
          </section>
        </details>
      ))
    )}
  </Panel>
);

interface WorkloadDetailProps {
  readonly initial: WorkloadView;
  readonly clusters: Page<ClusterView>;
  /** Null for those who may not. */
  readonly remove: WorkloadActions['remove'] | null;
}

export const WorkloadDetail = ({ initial, clusters, remove }: WorkloadDetailProps) => {
  const { data: workload } = useQuery({ ...workloadQuery(initial.name), initialData: initial });
  const { items } = useQuery({ ...clustersQuery(), initialData: clusters }).data;
  const running = items.filter((cluster) => cluster.workload === workload.name);
  return (
    <>
      <PageHeader
        breadcrumbs={[{ label: 'Workloads', href: '/workloads' }]}
        title={workload.name}
        aside={<WorkloadKind workload={workload} />}
        description={workload.description}
        actions={
          remove === null || workload.builtIn ? undefined : (
            <DeleteWorkload name={workload.name} isUsed={running.length > 0} remove={remove} />
          )
        }
      />
      <div className="flex flex-col gap-4">
        <div className="grid items-start gap-4 lg:grid-cols-2">
          <Panel title="Definition">
            <Facts workload={workload} />
          </Panel>
          <Panel title="Clusters that run it" flush>
            <DataTable
              label="Clusters that run it"
              rows={running}
              columns={CLUSTER_COLUMNS}
              rowId={(cluster) => cluster.id}
              sortedBy={{ id: 'name' }}
              empty={
                <EmptyState icon={<Boxes />} title="No cluster runs it">
                  Choose it when you create a cluster.
                </EmptyState>
              }
            />
          </Panel>
        </div>
        <FilesPanel files={workload.spec.files} />
      </div>
    </>
  );
};
