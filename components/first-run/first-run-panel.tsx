'use client';

import { useQuery } from '@tanstack/react-query';
import type { CreateActions } from '@/components/clusters/cluster-actions';
import { overviewQuery } from '@/components/live/queries';
import { lazily } from '@/components/ui/lazily';
import type { OverviewView, WorkloadView } from '@/lib/domain/contract';

/** Most look at the page after that. */
const FirstRun = lazily(async () => (await import('./first-run')).FirstRun);

interface FirstRunPanelProps {
  readonly initial: OverviewView;
  readonly workloads: readonly WorkloadView[];
  readonly actions: CreateActions;
}

/** Shown as long as there is no cluster at all. */
export const FirstRunPanel = ({ initial, workloads, actions }: FirstRunPanelProps) => {
  const { data } = useQuery({ ...overviewQuery(), initialData: initial });
  if (data.totals.clusters > 0) return null;
  return <FirstRun hostsUp={data.totals.hostsUp} workloads={workloads} actions={actions} />;
};
