import { type InfiniteData, infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import type {
  AlarmView,
  ClusterHealthView,
  ClusterView,
  EvaluationView,
  HostView,
  LabFaultView,
  NoticesView,
  OperationSummary,
  OperationView,
  OverviewView,
  Page,
  PolicyView,
  RecommendationView,
  SearchResult,
  StatusView,
  TodayView,
  VmView,
  WorkloadView,
} from '@/lib/domain/contract';
import { apiGet } from './api';
import { keys } from './keys';
import { EVALUATIONS_LIMIT, LAB_LIMIT, OPERATIONS_LIMIT, RECOMMENDATIONS_LIMIT } from './limits';

/** As many as the API gives at once. */
const ALL = { limit: 200 } as const;
/** What no event announces, such as an orchestrator that died, is seen after this. */
const STATUS_MS = 10_000;

/** One definition per key: whoever reads the same key gets the same shape. */
export const statusQuery = () =>
  queryOptions({
    queryKey: keys.status,
    queryFn: ({ signal }) => apiGet<StatusView>('/status', {}, signal),
    refetchInterval: STATUS_MS,
  });

/** Loads are announced by no event. */
const OVERVIEW_MS = 10_000;
const TODAY_MS = 30_000;

export const overviewQuery = () =>
  queryOptions({
    queryKey: keys.overview,
    queryFn: ({ signal }) => apiGet<OverviewView>('/overview', {}, signal),
    refetchInterval: OVERVIEW_MS,
  });

export const todayQuery = () =>
  queryOptions({
    queryKey: keys.today,
    queryFn: ({ signal }) => apiGet<TodayView>('/overview/today', {}, signal),
    refetchInterval: TODAY_MS,
  });

export const clustersQuery = () =>
  queryOptions({
    queryKey: keys.clusters,
    queryFn: ({ signal }) => apiGet<Page<ClusterView>>('/clusters', ALL, signal),
  });

export const clusterQuery = (id: string) =>
  queryOptions({
    queryKey: keys.cluster(id),
    queryFn: ({ signal }) => apiGet<ClusterView>(`/clusters/${encodeURIComponent(id)}`, {}, signal),
  });

/** Open ones. */
export const alarmsQuery = () =>
  queryOptions({
    queryKey: keys.alarms({ open: 'true' }),
    queryFn: ({ signal }) => apiGet<Page<AlarmView>>('/alarms', { ...ALL, open: 'true' }, signal),
  });

/** What happened that concerns the viewer. */
export const noticesQuery = () =>
  queryOptions({
    queryKey: keys.notices,
    queryFn: ({ signal }) => apiGet<NoticesView>('/me/notices', {}, signal),
  });

export const searchQuery = (q: string) =>
  queryOptions({
    queryKey: keys.search(q),
    queryFn: ({ signal }) => apiGet<SearchResult>('/search', { q }, signal),
    enabled: q !== '',
  });

export const healthQuery = (clusterId: string) =>
  queryOptions({
    queryKey: keys.health(clusterId),
    queryFn: ({ signal }) => apiGet<ClusterHealthView>(`/clusters/${encodeURIComponent(clusterId)}/health`, {}, signal),
  });

/** The newest ones, whether they last or are over. */
export const labQuery = () =>
  queryOptions({
    queryKey: keys.lab,
    queryFn: ({ signal }) => apiGet<Page<LabFaultView>>('/lab/faults', { limit: LAB_LIMIT }, signal),
  });

/** Without their VMs, of which there may be thousands. */
export const hostsQuery = () =>
  queryOptions({
    queryKey: keys.hosts,
    queryFn: ({ signal }) => apiGet<Page<HostView>>('/hosts', { ...ALL, vms: 'false' }, signal),
  });

export const hostsWithVmsQuery = () =>
  queryOptions({
    queryKey: [...keys.hosts, 'vms'],
    queryFn: ({ signal }) => apiGet<Page<HostView>>('/hosts', ALL, signal),
  });

export const hostQuery = (name: string) =>
  queryOptions({
    queryKey: keys.host(name),
    queryFn: ({ signal }) => apiGet<HostView>(`/hosts/${encodeURIComponent(name)}`, {}, signal),
  });

export const operationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.operation(id),
    queryFn: ({ signal }) => apiGet<OperationView>(`/operations/${encodeURIComponent(id)}`, {}, signal),
  });

export const workloadsQuery = () =>
  queryOptions({
    queryKey: keys.workloads,
    queryFn: ({ signal }) => apiGet<Page<WorkloadView>>('/workloads', ALL, signal),
  });

export const workloadQuery = (name: string) =>
  queryOptions({
    queryKey: keys.workload(name),
    queryFn: ({ signal }) => apiGet<WorkloadView>(`/workloads/${encodeURIComponent(name)}`, {}, signal),
  });

/** Evaluations come every ten seconds and are announced by no event. */
const EVALUATION_MS = 10_000;

export const policiesQuery = () =>
  queryOptions({
    queryKey: keys.policies,
    queryFn: ({ signal }) => apiGet<Page<PolicyView>>('/policies', ALL, signal),
    refetchInterval: EVALUATION_MS,
  });

export const clusterPoliciesQuery = (cluster: string) =>
  queryOptions({
    queryKey: [...keys.policies, cluster],
    queryFn: ({ signal }) => apiGet<Page<PolicyView>>('/policies', { ...ALL, cluster }, signal),
    refetchInterval: EVALUATION_MS,
  });

export const policyQuery = (id: string) =>
  queryOptions({
    queryKey: keys.policy(id),
    queryFn: ({ signal }) => apiGet<PolicyView>(`/policies/${encodeURIComponent(id)}`, {}, signal),
    refetchInterval: EVALUATION_MS,
  });

export const openRecommendationsQuery = () =>
  queryOptions({
    queryKey: keys.recommendations({ state: 'open' }),
    queryFn: ({ signal }) => apiGet<Page<RecommendationView>>('/recommendations', { ...ALL, state: 'open' }, signal),
  });

export const recommendationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.recommendation(id),
    queryFn: ({ signal }) => apiGet<RecommendationView>(`/recommendations/${encodeURIComponent(id)}`, {}, signal),
  });

export type Filter = Readonly<Record<string, string>>;

const FIRST: string | null = null;

const pages = <T>(queryKey: readonly unknown[], path: string, filter: Filter, limit: number) =>
  infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) =>
      apiGet<Page<T>>(path, { ...filter, limit, cursor: pageParam ?? undefined }, signal),
    initialPageParam: FIRST,
    getNextPageParam: (last: Page<T>) => last.nextCursor,
  });

/** Filter as the API takes it: `cluster`, `state`, `active`. */
export const operationsQuery = (filter: Filter, limit = OPERATIONS_LIMIT) =>
  pages<OperationSummary>([...keys.operations(filter), limit], '/operations', filter, limit);
export const vmQuery = (id: string) =>
  queryOptions({
    queryKey: keys.vm(id),
    queryFn: ({ signal }) => apiGet<VmView>(`/vms/${encodeURIComponent(id)}`, {}, signal),
  });

export const evaluationsQuery = (policyId: string, filter: Filter) => ({
  ...pages<EvaluationView>(
    keys.evaluations(policyId, filter),
    `/policies/${encodeURIComponent(policyId)}/evaluations`,
    filter,
    EVALUATIONS_LIMIT,
  ),
  refetchInterval: EVALUATION_MS,
});
export const recommendationsQuery = (filter: Filter) =>
  pages<RecommendationView>(keys.recommendations(filter), '/recommendations', filter, RECOMMENDATIONS_LIMIT);

/** What the server read, as the first page. */
export const firstPage = <T>(page: Page<T>): InfiniteData<Page<T>, string | null> => ({
  pages: [page],
  pageParams: [FIRST],
});
