import type { MetricName, MetricsView, NodeView, PolicyView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';

interface Told {
  readonly headline: string;
  readonly detail: string;
}

/** The newest values of the cluster, of its last few points; null where nothing is known. */
export const latestLoad = (view: MetricsView | null): Readonly<Record<MetricName, number | null>> => {
  const latest = (name: MetricName): number | null =>
    view?.cluster[name].slice(-4).findLast((value) => value !== null) ?? null;
  return {
    cpu: latest('cpu'),
    memory: latest('memory'),
    requestsPerSecond: latest('requestsPerSecond'),
    latencyP50Ms: latest('latencyP50Ms'),
    latencyP99Ms: latest('latencyP99Ms'),
    errorsPerSecond: latest('errorsPerSecond'),
    connections: latest('connections'),
  };
};

/** How the nodes stand together: the worst verdict, and who has it. Of nodes that nobody watches it is an old one. */
export const healthText = (nodes: readonly NodeView[], isWatched = true): Told => {
  if (isWatched || nodes.length === 0) return verdictText(nodes);
  return {
    headline: `${verdictText(nodes).headline} when last seen`,
    detail: 'Nothing newer is known: the orchestrator is not at work.',
  };
};

const verdictText = (nodes: readonly NodeView[]): Told => {
  if (nodes.length === 0) return { headline: 'no nodes yet', detail: 'They are made first.' };
  const unwell = nodes.filter(({ health }) => health !== null && health.verdict !== 'healthy');
  const healthy = nodes.filter(({ health }) => health?.verdict === 'healthy').length;
  const [first] = unwell;
  if (first?.health == null) {
    return healthy === nodes.length
      ? { headline: 'all healthy', detail: `by four witnesses each` }
      : { headline: `${healthy} of ${nodes.length} healthy`, detail: 'The others are not judged yet.' };
  }
  return {
    headline: `${unwell.map(({ name, health }) => `${name} ${health?.verdict}`).join(', ')}`,
    detail: first.health.reason,
  };
};

const clock = (iso: string, timeZone: string | undefined): string =>
  new Date(iso).toLocaleString('en-GB', { weekday: 'short', hour: '2-digit', minute: '2-digit', timeZone });

/** What a policy is about to do, by its newest evaluation; a calendar says when it acts next. */
export const decisionText = ({ lastEvaluation, nextRuns, mode }: PolicyView, timeZone?: string): Told => {
  const [next] = nextRuns;
  const upcoming = next === undefined ? '' : `Next: ${next.name}, ${clock(next.start, timeZone)}.`;
  if (lastEvaluation === null) return { headline: 'not evaluated yet', detail: upcoming || `mode ${mode}` };
  const { outcome, from, to, wants, reason } = lastEvaluation;
  const isHold = outcome === 'none';
  const wish = describeSizeChange(from, isHold ? wants : to);
  const wantsOther =
    isHold && (wants.nodes !== from.nodes || wants.vcpus !== from.vcpus || wants.memoryMiB !== from.memoryMiB);
  return {
    headline: isHold ? (wantsOther ? `holds, would want ${wish}` : 'holds') : wish,
    detail: [reason, upcoming].filter((text) => text !== '').join(' '),
  };
};
