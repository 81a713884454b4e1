import type { Command } from 'commander';
import type { RecommendationView } from '@/lib/domain/contract';
import { describeSizeChange } from '@/lib/domain/policy/size';
import { listAll } from '../client';
import { commandContext } from '../context';
import { print, printLine, printTable } from '../output';
import { showPlan } from '../show-plan';

const pathOf = (id: string): string => `/recommendations/${encodeURIComponent(id)}`;

/** The policy or the person who asks. */
const askerOf = ({ policy, requestedBy }: RecommendationView): string => policy?.name ?? requestedBy ?? '';

const showRecommendation = async (recommendation: RecommendationView): Promise<void> => {
  const { id, state, cluster, reason, approvals, approvalsNeeded, expiresAt, comment } = recommendation;
  printLine(`${id}: ${state}, ${askerOf(recommendation)} for ${cluster.name}`);
  printLine(reason);
  printLine(`${approvals.length} of ${approvalsNeeded} approvals, expires ${expiresAt}`);
  for (const { by, at, comment: said } of approvals) printLine(`  ${at} ${by}${said === '' ? '' : `: ${said}`}`);
  if (comment !== null && comment !== '') printLine(comment);
  if (recommendation.operationId !== null) printLine(`Operation ${recommendation.operationId}`);
  printLine();
  await showPlan(recommendation.plan);
};

export const list = async (
  options: { readonly state?: string; readonly cluster?: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const { state, cluster } = options;
  const recommendations = await listAll<RecommendationView>(client, '/recommendations', { state, cluster });
  await print(output, recommendations, () =>
    printTable(
      ['ID', 'STATE', 'CLUSTER', 'ASKED BY', 'CHANGE', 'APPROVALS', 'EXPIRES', 'WHY'],
      recommendations.map((r) => [
        r.id,
        r.state,
        r.cluster.name,
        askerOf(r),
        describeSizeChange(r.from, r.to),
        `${r.approvals.length}/${r.approvalsNeeded}`,
        r.expiresAt,
        r.reason,
      ]),
    ),
  );
};

export const show = async (id: string, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const recommendation = await client.request<RecommendationView>('GET', pathOf(id));
  await print(output, recommendation, () => showRecommendation(recommendation));
};

export const approve = async (
  id: string,
  options: { readonly planHash?: string; readonly comment?: string },
  command: Command,
): Promise<void> => {
  const { client, output } = await commandContext(command);
  const planHash = options.planHash ?? (await client.request<RecommendationView>('GET', pathOf(id))).planHash;
  const body = { planHash, comment: options.comment };
  const recommendation = await client.request<RecommendationView>('POST', `${pathOf(id)}/approve`, { body });
  await print(output, recommendation, () => showRecommendation(recommendation));
};

export const reject = async (id: string, options: { readonly comment?: string }, command: Command): Promise<void> => {
  const { client, output } = await commandContext(command);
  const body = { comment: options.comment };
  const recommendation = await client.request<RecommendationView>('POST', `${pathOf(id)}/reject`, { body });
  await print(output, recommendation, () => printLine(`${recommendation.id}: ${recommendation.state}`));
};
