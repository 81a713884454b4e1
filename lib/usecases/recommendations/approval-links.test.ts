import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { policySchema } from '@/lib/domain/policy/schema';
import type { Role } from '@/lib/domain/role';
import { changeRequirements } from '../clusters/change-requirements';
import { policyActor, type UseCaseContext } from '../context';
import { createPolicy } from '../policies/create-policy';
import { getPolicyRow } from '../policies/policies';
import { setSignInSettings } from '../settings/sign-in';
import { contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { executePlan, runningCluster } from '../testing-cluster';
import { createUser } from '../users/create-user';
import { answerByLink, ensureApprovalLink, openApprovalLink } from './approval-links';
import { approveRecommendation } from './decide';
import { recommend } from './recommend';

let database: TestDatabase;
let made = 0;
let recommendationId: string;
let email: string;
let offsetMs = 0;

beforeAll(async () => {
  vi.stubEnv('HEADROOM_SECRETS_KEY', randomBytes(32).toString('base64url'));
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await database.close();
});

const now = () => new Date(Date.now() + offsetMs);
const admin = (): UseCaseContext => ({ ...contextOf(database.prisma), clock: now });
const setting = () => ({ db: database.prisma, clock: now, requestId: 'test' });

const person = async (role: Role): Promise<string> => {
  made += 1;
  const address = `person-${made}@example.org`;
  await createUser(admin(), { email: address, name: 'Olga', password: 'a long password', role });
  return address;
};

const ask = async (approval: object = {}): Promise<string> => {
  made += 1;
  const cluster = `shop-${made}`;
  await runningCluster(database.prisma, {
    name: cluster,
    requirements: { nodes: 1, shape: { vcpus: 1, memoryMiB: 256 }, spread: 'host', spares: 0 },
  });
  const rule = { kind: 'threshold', metric: 'cpu', up: { above: 0.5, step: { nodes: 1 } } };
  const input = policySchema.parse({ name: `peak-${made}`, cluster, mode: 'approval', rule, approval });
  const { id } = await createPolicy(admin(), input);
  const policy = await getPolicyRow(database.prisma, id);
  const size = (nodes: number) => ({ nodes, vcpus: 1, memoryMiB: 256 });
  const wish = { policy, from: size(1), to: size(2), reason: 'busy', evidence: async () => null };
  return (await recommend({ ...admin(), actor: policyActor(policy) }, wish)).id;
};

const linkFor = (address: string) => ensureApprovalLink(database.prisma, recommendationId, address, now());
const tokenOf = (path: string | null): string => new URL(`http://console${path}`).searchParams.get('token') ?? '';
const hashNow = async () =>
  (await database.prisma.recommendation.findUniqueOrThrow({ where: { id: recommendationId } })).planHash;
const answer = async (token: string, verdict: 'approve' | 'reject' = 'approve', planHash?: string) =>
  answerByLink(setting(), { token, verdict, planHash: planHash ?? (await hashNow()), comment: 'from my bed' });

beforeEach(async () => {
  recommendationId = await ask();
  email = await person('oncall');
});
afterEach(() => {
  offsetMs = 0;
});

describe('a link in a mail', () => {
  it('shows the facts without changing anything, and is not to be found in the database', async () => {
    const token = tokenOf(await linkFor(email));
    const before = await countRows(database.prisma);
    const opened = await openApprovalLink(database.prisma, token, now());
    expect(opened).toMatchObject({ state: 'valid', person: { email }, recommendation: { id: recommendationId } });
    expect(await countRows(database.prisma)).toEqual(before);
    const [row] = await database.prisma.approvalLink.findMany({ where: { recommendationId } });
    expect(row?.usedAt).toBeNull();
    expect(JSON.stringify(row)).not.toContain(token);
    expect(await linkFor(email)).toBe(`/decide?token=${token}`);
  });

  it("answers in the person's name, says so in the audit trail, and works once", async () => {
    const token = tokenOf(await linkFor(email));
    const { state, decidedBy, operationId } = await answer(token);
    expect({ state, decidedBy }).toEqual({ state: 'approved', decidedBy: email });
    expect(operationId).not.toBeNull();
    const entry = await database.prisma.auditEntry.findFirstOrThrow({
      where: { action: 'recommendation.approve', subject: `recommendation/${recommendationId}` },
    });
    expect(entry).toMatchObject({ actor: email, reason: 'from my bed', detail: { via: 'link in a mail' } });
    expect(await openApprovalLink(database.prisma, token, now())).toMatchObject({ state: 'used' });
    await expect(answer(token, 'reject')).rejects.toMatchObject({ code: 'forbidden' });
    expect(await linkFor(email)).toBeNull();
  });

  it('rejects as well', async () => {
    expect(await answer(tokenOf(await linkFor(email)), 'reject')).toMatchObject({
      state: 'rejected',
      decidedBy: email,
      operationId: null,
    });
  });

  it('pressed many times at once answers once', async () => {
    const token = tokenOf(await linkFor(email));
    const answers = await Promise.allSettled(Array.from({ length: 5 }, () => answer(token)));
    expect(answers.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await database.prisma.operation.count({ where: { kind: 'change', approvedBy: email } })).toBe(1);
  });

  it('is not used up by an answer to a plan that was made anew, and answers the new one', async () => {
    const token = tokenOf(await linkFor(email));
    const { clusterId, planHash } = await database.prisma.recommendation.findUniqueOrThrow({
      where: { id: recommendationId },
    });
    const changed = await changeRequirements(admin(), clusterId, { spares: 1, dryRun: false });
    if (!('operation' in changed)) throw new Error('not accepted');
    await executePlan(database.prisma, changed.operation.id);
    await expect(answer(token, 'approve', planHash)).rejects.toMatchObject({ code: 'stale_plan' });
    expect(await hashNow()).not.toBe(planHash);
    expect(await answer(token)).toMatchObject({ state: 'approved' });
  });

  it('ends with the recommendation', async () => {
    const token = tokenOf(await linkFor(email));
    offsetMs = 2 * 3_600_000;
    expect(await openApprovalLink(database.prisma, token, now())).toMatchObject({ state: 'expired' });
    await expect(answer(token)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await linkFor(await person('oncall'))).toBeNull();
  });

  it('counts as one of two people, and not for who wrote the policy', async () => {
    recommendationId = await ask({ persons: 2 });
    expect(await answer(tokenOf(await linkFor(email)))).toMatchObject({ state: 'open', approvals: [{ by: email }] });
    const author = await person('operator');
    const early = tokenOf(await linkFor(author));
    await database.prisma.recommendation.update({ where: { id: recommendationId }, data: { author } });
    expect(await linkFor(author)).toBeNull();
    await expect(answer(early)).rejects.toMatchObject({ code: 'forbidden' });
    expect(await answer(tokenOf(await linkFor(await person('operator'))))).toMatchObject({ state: 'approved' });
  });
});

describe('a link is given to nobody', () => {
  it('who may not decide, has no account, or has lost their role since', async () => {
    expect(await linkFor(await person('viewer'))).toBeNull();
    expect(await linkFor('stranger@example.org')).toBeNull();
    const token = tokenOf(await linkFor(email));
    await database.prisma.user.update({ where: { email }, data: { role: 'viewer' } });
    await expect(openApprovalLink(database.prisma, token, now())).rejects.toMatchObject({ code: 'forbidden' });
    await expect(answer(token)).rejects.toMatchObject({ code: 'forbidden' });
    await database.prisma.user.update({ where: { email }, data: { role: 'oncall', disabledAt: now() } });
    await expect(answer(token)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('who protects their account by a second factor', async () => {
    const token = tokenOf(await linkFor(email));
    const totp = { totpSecret: 'sealed', totpConfirmedAt: now() };
    await database.prisma.user.update({ where: { email }, data: totp });
    expect(await linkFor(email)).toBeNull();
    await expect(answer(token)).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('whose role asks for a second factor', async () => {
    const token = tokenOf(await linkFor(email));
    await setSignInSettings(admin(), { twoFactorRoles: ['oncall'] });
    expect(await linkFor(email)).toBeNull();
    await expect(answer(token)).rejects.toMatchObject({ code: 'forbidden' });
    await setSignInSettings(admin(), { twoFactorRoles: [] });
    expect(await linkFor(email)).not.toBeNull();
  });

  it('for what is decided already', async () => {
    const context = { ...admin(), actor: { ...admin().actor, role: 'oncall' as const } };
    const token = tokenOf(await linkFor(email));
    await approveRecommendation(context, recommendationId, { planHash: await hashNow(), comment: '' });
    expect(await linkFor(await person('oncall'))).toBeNull();
    await expect(answer(token)).rejects.toMatchObject({ code: 'wrong_state' });
  });
});
