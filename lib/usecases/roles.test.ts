import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { policySchema } from '@/lib/domain/policy/schema';
import { type Permission, ROLES, roleCan } from '@/lib/domain/role';
import { resetTwoFactor } from './account/two-factor';
import { listAlarms } from './alarms/list-alarms';
import { listAudit, verifyAudit } from './audit/audit';
import { exportAudit } from './audit/export-audit';
import { getRetention, setRetention } from './audit/retention';
import { listBudgets, removeBudget, setBudget } from './billing/budgets';
import { getClusterCost, getCosts } from './billing/costs';
import { exportFocus, exportStatement } from './billing/focus-export';
import { getPolicyCost } from './billing/policy-cost';
import { createRate, ensureFirstRate, listRates } from './billing/rates';
import { sendStatement } from './billing/send-statement';
import { setCostCentre } from './billing/set-cost-centre';
import { exportStatementPdf } from './billing/statement-pdf';
import { listSchedules, removeSchedule, setSchedule } from './billing/statement-schedules';
import { closeMonth, getStatement, listStatements } from './billing/statements';
import { TEST_RATE } from './billing/testing';
import { getUsage, listUsage } from './billing/usage';
import { usageChoices } from './billing/usage-choices';
import { changeRequirements } from './clusters/change-requirements';
import { createCluster } from './clusters/create-cluster';
import { deleteCluster } from './clusters/delete-cluster';
import { failover } from './clusters/failover';
import { getCluster } from './clusters/get-cluster';
import { listClusters } from './clusters/list-clusters';
import { listRevisions } from './clusters/list-revisions';
import { recoverCluster } from './clusters/recover-cluster';
import { restartApplication } from './clusters/restart-application';
import { setLoad } from './clusters/set-load';
import type { UseCaseContext } from './context';
import { clusterHealth } from './health/cluster-health';
import { confirmHostOff } from './hosts/confirm-off';
import { getHost, listHosts } from './hosts/hosts';
import { listSites, setHostLabels, setSiteLabels } from './hosts/labels';
import { setMaintenance } from './hosts/set-maintenance';
import { listImages } from './images/list-images';
import { hurtLab } from './lab/hurt-lab';
import { getLabFault, listLabFaults } from './lab/list-faults';
import { restoreLab } from './lab/restore-lab';
import { clusterMetrics } from './metrics/cluster-metrics';
import { clusterLoads } from './metrics/loads';
import { createChannel, deleteChannel, listChannels, listDeliveries, testChannel } from './notifications/channels';
import { cancelOperation } from './operations/cancel-operation';
import { getOperation, listOperations } from './operations/operations';
import { retryOperation } from './operations/retry-operation';
import { getOverview } from './overview/get-overview';
import { getToday } from './overview/today';
import { getPreferencesOf, updatePreferencesOf } from './personal/preferences';
import { backtestPolicy } from './policies/backtest-policy';
import { createPolicy } from './policies/create-policy';
import { getPolicy, listEvaluations, listPolicies } from './policies/policies';
import { deletePolicy, updatePolicy } from './policies/update-policy';
import { approveRecommendation, rejectRecommendation } from './recommendations/decide';
import { getRecommendation, listRecommendations } from './recommendations/recommendations';
import { requestChange } from './recommendations/request-change';
import { listSessions } from './sessions/sessions';
import { getOidcSettings, removeOidcSettings, setOidcSettings } from './settings/oidc';
import { getSignInSettings, setSignInSettings } from './settings/sign-in';
import { getSmtpSettings, removeSmtpSettings, setSmtpSettings, testSmtp } from './settings/smtp';
import { getStatus } from './status/get-status';
import { contextOf, countRows, TEST_WORKLOAD } from './testing';
import { createToken, listTokens, revokeToken } from './tokens/tokens';
import { createUser } from './users/create-user';
import { listUsers } from './users/list-users';
import { updateUser } from './users/update-user';
import { confirmVmOff } from './vms/confirm-off';
import { openConsole, readConsole, typeIntoConsole } from './vms/console';
import { readVmLog } from './vms/log';
import { getVm, listVms } from './vms/vms';
import { createWorkload } from './workloads/create-workload';
import { deleteWorkload } from './workloads/delete-workload';
import { getWorkload, listWorkloads } from './workloads/workloads';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await ensureFirstRate(contextOf(database.prisma));
});
afterAll(() => database.close());

const PAGE = { limit: 10 };
const SHAPE = { vcpus: 1, memoryMiB: 256 };
const TEST_POLICY = policySchema.parse({
  name: 'peak',
  cluster: 'none',
  rule: { kind: 'target', metric: 'cpu', value: 0.5 },
});
const PERSON = { email: 'p@example.org', name: 'P', password: 'a long password', role: 'viewer' as const };

const OIDC = { label: 'x', clientId: 'x', roleClaim: 'groups', roles: [], defaultRole: null };
/** Past the role it is refused for what it lacks: nothing answers there. */
const onlyImpossible = (error: { readonly code?: string }): void => {
  if (error.code !== 'impossible') throw error;
};

/** Every use case with what it needs. They work on an empty database: past the role, most find nothing. */
const ACTS: readonly (readonly [string, Permission, (context: UseCaseContext) => Promise<unknown>])[] = [
  ['listClusters', 'cluster.read', (c) => listClusters(c, PAGE)],
  ['getCluster', 'cluster.read', (c) => getCluster(c, 'none')],
  ['listRevisions', 'cluster.read', (c) => listRevisions(c, 'none', PAGE)],
  ['clusterMetrics', 'cluster.read', (c) => clusterMetrics(c, 'none', {})],
  ['listOperations', 'cluster.read', (c) => listOperations(c, PAGE)],
  ['getOperation', 'cluster.read', (c) => getOperation(c, 'none')],
  ['listHosts', 'cluster.read', (c) => listHosts(c, PAGE)],
  ['getHost', 'cluster.read', (c) => getHost(c, 'none')],
  ['listVms', 'cluster.read', (c) => listVms(c, PAGE)],
  ['listSites', 'cluster.read', (c) => listSites(c)],
  ['setHostLabels', 'host.maintain', (c) => setHostLabels(c, 'none', { labels: [] })],
  ['setSiteLabels', 'host.maintain', (c) => setSiteLabels(c, 'none', { labels: [] })],
  ['listImages', 'cluster.read', (c) => listImages(c)],
  ['getVm', 'cluster.read', (c) => getVm(c, 'none')],
  ['listWorkloads', 'cluster.read', (c) => listWorkloads(c, PAGE)],
  ['getWorkload', 'cluster.read', (c) => getWorkload(c, 'none')],
  ['getStatus', 'cluster.read', (c) => getStatus(c)],
  ['clusterLoads', 'cluster.read', (c) => clusterLoads(c, ['none'])],
  ['getOverview', 'cluster.read', (c) => getOverview(c)],
  ['getToday', 'cluster.read', (c) => getToday(c)],
  [
    'createCluster',
    'cluster.create',
    (c) =>
      createCluster(c, {
        name: 'shop',
        workload: 'none',
        requirements: { nodes: 1, shape: SHAPE, spread: 'host', spares: 0 },
        dryRun: false,
      }),
  ],
  ['changeRequirements', 'cluster.change', (c) => changeRequirements(c, 'none', { dryRun: false })],
  ['requestChange', 'cluster.change', (c) => requestChange(c, 'none', {})],
  ['failover', 'cluster.change', (c) => failover(c, 'none', { from: 'shop-1', dryRun: false })],
  ['restartApplication', 'vm.restart', (c) => restartApplication(c, 'none', { node: 'none-1', dryRun: false })],
  ['openConsole', 'vm.console', (c) => openConsole(c, 'none', { type: false })],
  ['openConsole to type', 'vm.type', (c) => openConsole(c, 'none', { type: true })],
  ['typeIntoConsole', 'vm.type', (c) => typeIntoConsole(c, 'none', { data: 'x' })],
  ['readConsole', 'vm.console', (c) => readConsole(c, 'none', 0n)],
  ['readVmLog', 'vm.logs', (c) => readVmLog(c, 'none', { lines: 10 })],
  ['recoverCluster', 'cluster.change', (c) => recoverCluster(c, 'none', {})],
  ['clusterHealth', 'cluster.read', (c) => clusterHealth(c, 'none')],
  ['listAlarms', 'cluster.read', (c) => listAlarms(c, PAGE)],
  ['listLabFaults', 'cluster.read', (c) => listLabFaults(c, PAGE)],
  ['getLabFault', 'cluster.read', (c) => getLabFault(c, 'none')],
  ['hurtLab', 'lab.hurt', (c) => hurtLab(c, { kind: 'crash-vm', target: 'none' })],
  ['restoreLab', 'lab.hurt', (c) => restoreLab(c, 'none')],
  ['confirmVmOff', 'host.fence', (c) => confirmVmOff(c, 'none', { confirmName: 'none', reason: 'seen' })],
  ['confirmHostOff', 'host.fence', (c) => confirmHostOff(c, 'none', { confirmName: 'none', reason: 'seen' })],
  ['retryOperation', 'cluster.change', (c) => retryOperation(c, 'none')],
  ['deleteCluster', 'cluster.delete', (c) => deleteCluster(c, 'none', { confirmName: 'none' })],
  ['setLoad', 'cluster.load', (c) => setLoad(c, 'none', { requestsPerSecond: 1, path: '/', slowStreams: 0 })],
  ['cancelOperation', 'operation.cancel', (c) => cancelOperation(c, 'none')],
  ['setMaintenance', 'host.maintain', (c) => setMaintenance(c, 'none', { enabled: true, dryRun: false })],
  ['createWorkload', 'workload.write', (c) => createWorkload(c, { ...TEST_WORKLOAD, name: `own-${c.actor.role}` })],
  ['deleteWorkload', 'workload.write', (c) => deleteWorkload(c, 'none')],
  ['listPolicies', 'cluster.read', (c) => listPolicies(c, PAGE)],
  ['getPolicy', 'cluster.read', (c) => getPolicy(c, 'none')],
  ['listEvaluations', 'cluster.read', (c) => listEvaluations(c, 'none', PAGE)],
  ['backtestPolicy', 'cluster.read', (c) => backtestPolicy(c, 'none', {})],
  ['createPolicy', 'policy.write', (c) => createPolicy(c, TEST_POLICY)],
  ['updatePolicy', 'policy.write', (c) => updatePolicy(c, 'none', { enabled: false })],
  ['deletePolicy', 'policy.write', (c) => deletePolicy(c, 'none')],
  ['listRecommendations', 'cluster.read', (c) => listRecommendations(c, PAGE)],
  ['getRecommendation', 'cluster.read', (c) => getRecommendation(c, 'none')],
  [
    'approveRecommendation',
    'recommendation.decide',
    (c) => approveRecommendation(c, 'none', { planHash: 'none', comment: '' }),
  ],
  ['rejectRecommendation', 'recommendation.decide', (c) => rejectRecommendation(c, 'none', { comment: '' })],
  ['listChannels', 'users.write', (c) => listChannels(c, PAGE)],
  [
    'createChannel',
    'users.write',
    (c) => createChannel(c, { kind: 'person', name: 'P', email: PERSON.email, topics: ['failure'] }),
  ],
  ['deleteChannel', 'users.write', (c) => deleteChannel(c, 'none')],
  ['testChannel', 'users.write', (c) => testChannel(c, 'none')],
  ['listDeliveries', 'users.write', (c) => listDeliveries(c, PAGE)],
  ['listUsage', 'usage.read', (c) => listUsage(c, PAGE)],
  ['getPreferencesOf', 'users.write', (c) => getPreferencesOf(c, 'none')],
  ['updatePreferencesOf', 'users.write', (c) => updatePreferencesOf(c, 'none', { theme: 'dark' })],
  ['usageChoices', 'usage.read', (c) => usageChoices(c)],
  ['getUsage', 'usage.read', (c) => getUsage(c, 'none')],
  ['getCosts', 'usage.read', (c) => getCosts(c, { groupBy: 'cluster' })],
  ['getClusterCost', 'usage.read', (c) => getClusterCost(c, 'none')],
  ['getPolicyCost', 'usage.read', (c) => getPolicyCost(c, 'none')],
  ['listRates', 'usage.read', (c) => listRates(c, PAGE)],
  ['createRate', 'rates.write', (c) => createRate(c, TEST_RATE)],
  ['setCostCentre', 'rates.write', (c) => setCostCentre(c, 'none', { costCentre: 'x', reason: 'y' })],
  ['listStatements', 'usage.read', (c) => listStatements(c, PAGE)],
  ['getStatement', 'usage.read', (c) => getStatement(c, 'none')],
  ['exportStatement', 'usage.read', (c) => exportStatement(c, 'none')],
  ['exportStatementPdf', 'usage.read', (c) => exportStatementPdf(c, 'none')],
  ['closeMonth', 'statements.write', (c) => closeMonth(c, { month: '2999-01' })],
  ['sendStatement', 'statements.write', (c) => sendStatement(c, 'none', { recipients: ['a@example.org'] })],
  ['listSchedules', 'usage.read', (c) => listSchedules(c, PAGE)],
  [
    'setSchedule',
    'statements.write',
    (c) => setSchedule(c, { costCentre: null, recipients: ['a@example.org'], dayOfMonth: 3 }),
  ],
  ['removeSchedule', 'statements.write', (c) => removeSchedule(c, 'none')],
  ['listBudgets', 'usage.read', (c) => listBudgets(c, PAGE)],
  [
    'setBudget',
    'budgets.write',
    (c) => setBudget(c, { scope: 'costCentre', target: 'x', amount: '1', thresholds: [50], capsPolicies: false }),
  ],
  ['removeBudget', 'budgets.write', (c) => removeBudget(c, 'none')],
  [
    'exportFocus',
    'usage.read',
    async (c) => exportFocus(c, { month: '2026-01', version: '1.4', dataset: 'cost-and-usage', format: 'csv' }),
  ],
  ['listAudit', 'audit.read', (c) => listAudit(c, PAGE)],
  ['exportAudit', 'audit.read', async (c) => exportAudit(c, { format: 'csv' })],
  ['getRetention', 'audit.read', (c) => getRetention(c)],
  ['setRetention', 'audit.retain', (c) => setRetention(c, { months: 12, reason: 'enough' })],
  ['verifyAudit', 'audit.read', (c) => verifyAudit(c)],
  ['listUsers', 'users.write', (c) => listUsers(c, PAGE)],
  ['createUser', 'users.write', (c) => createUser(c, PERSON)],
  ['updateUser', 'users.write', (c) => updateUser(c, 'none', { name: 'N' })],
  ['resetTwoFactor', 'users.write', (c) => resetTwoFactor(c, 'none')],
  ['listSessions of everyone', 'users.write', (c) => listSessions(c, { of: 'everyone', limit: 10 })],
  ['getSignInSettings', 'settings.write', (c) => getSignInSettings(c)],
  ['setSignInSettings', 'settings.write', (c) => setSignInSettings(c, { twoFactorRoles: [] })],
  ['getOidcSettings', 'settings.write', (c) => getOidcSettings(c, {})],
  [
    'setOidcSettings',
    'settings.write',
    (c) => setOidcSettings(c, { ...OIDC, issuer: 'http://127.0.0.1:9' }, {}).catch(onlyImpossible),
  ],
  ['removeOidcSettings', 'settings.write', (c) => removeOidcSettings(c, {})],
  ['getSmtpSettings', 'settings.write', (c) => getSmtpSettings(c, {})],
  [
    'setSmtpSettings',
    'settings.write',
    (c) => setSmtpSettings(c, { host: 'mail', port: 25, secure: false, user: '', from: PERSON.email }, {}),
  ],
  ['removeSmtpSettings', 'settings.write', (c) => removeSmtpSettings(c, {})],
  ['testSmtp', 'settings.write', (c) => testSmtp(c, { to: PERSON.email }, {}).catch(onlyImpossible)],
  ['listTokens', 'tokens.write', (c) => listTokens(c, PAGE)],
  ['createToken', 'tokens.write', (c) => createToken(c, { name: 't', role: 'viewer' })],
  ['revokeToken', 'tokens.write', (c) => revokeToken(c, 'none')],
];

const CASES = ACTS.flatMap(([name, permission, act]) => ROLES.map((role) => ({ name, permission, act, role })));

describe('roles', () => {
  it.each(CASES.filter(({ role, permission }) => !roleCan(role, permission)))(
    'refuse $name to $role, and nothing is written',
    async ({ act, role }) => {
      const before = await countRows(database.prisma);
      await expect(act(contextOf(database.prisma, role))).rejects.toMatchObject({ code: 'forbidden' });
      expect(await countRows(database.prisma)).toEqual(before);
    },
  );

  it.each(CASES.filter(({ role, permission }) => roleCan(role, permission)))(
    'allow $name to $role',
    async ({ act, role }) => {
      const outcome = await act(contextOf(database.prisma, role)).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      expect(['done', 'not_found', 'workload_unknown', 'wrong_state']).toContain(outcome);
    },
  );
});
