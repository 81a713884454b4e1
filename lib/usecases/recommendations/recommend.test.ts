import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { policySchema } from '@/lib/domain/policy/schema';
import { createRate } from '../billing/rates';
import { policyActor, type UseCaseContext } from '../context';
import { createPolicy } from '../policies/create-policy';
import { getPolicyRow } from '../policies/policies';
import { deletePolicy } from '../policies/update-policy';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { recommend } from './recommend';
import { getRecommendation } from './recommendations';

let database: TestDatabase;
let clusters = 0;
let cluster: string;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
  await insertWorkload(database.prisma, TEST_WORKLOAD);
});
afterAll(() => database.close());
beforeEach(async () => {
  clusters += 1;
  cluster = `shop-${clusters}`;
  await runningCluster(database.prisma, { name: cluster });
});

const admin = (): UseCaseContext => contextOf(database.prisma);
const size = (nodes: number) => ({ nodes, vcpus: 1, memoryMiB: 256 });

/** Asks for a third node in the name of a policy with these rules of approval. */
const askFor = async (approval: object) => {
  const rule = { kind: 'threshold', metric: 'cpu', up: { above: 0.5, step: { nodes: 1 } } };
  const input = policySchema.parse({ name: 'peak', cluster, mode: 'approval', rule, approval });
  const { id } = await createPolicy(admin(), input);
  const policy = await getPolicyRow(database.prisma, id);
  const context = { ...admin(), actor: policyActor(policy) };
  const wish = { policy, from: size(2), to: size(3), reason: 'busy', evidence: async () => null };
  const recommended = await recommend(context, wish);
  await deletePolicy(admin(), id);
  return recommended;
};

it('without rates the cost is not known, and a person decides', async () => {
  const { id, operationId } = await askFor({ automaticUpTo: '1000' });
  expect(operationId).toBeNull();
  expect((await getRecommendation(admin(), id)).plan.cost).toBeUndefined();
});

it('what costs no more than the policy lets through is done at once, and says what allowed it', async () => {
  await createRate(admin(), {
    costCentre: null,
    effectiveFrom: '2026-01-01',
    currency: 'EUR',
    vcpuHour: '0.02',
    memoryGiBHour: '0',
    diskGiBHour: '0',
    volumeGiBHour: '0',
    vipHour: '0',
    spareDiscountPercent: '0',
    minimumSeconds: 0,
    taxPercent: '0',
    reason: '',
  });
  const { id, operationId } = await askFor({ automaticUpTo: '14.60' });
  const { state, decidedBy, comment, plan } = await getRecommendation(admin(), id);
  expect(plan.cost).toMatchObject({ perMonthBefore: '29.20', perMonthAfter: '43.80', currency: 'EUR' });
  expect({ state, decidedBy }).toEqual({ state: 'approved', decidedBy: 'policy:peak' });
  expect(comment).toBe('cost limit: it costs 14.60 EUR more per month, up to 14.60 EUR need no person');
  const operation = await database.prisma.operation.findUniqueOrThrow({ where: { id: operationId ?? '' } });
  expect(operation).toMatchObject({ kind: 'change', requestedBy: 'policy:peak', approvedBy: comment });
});

it('what costs more waits for a person; those who decide see the cost, others do not', async () => {
  const { id, operationId } = await askFor({ automaticUpTo: '14.59' });
  expect(operationId).toBeNull();
  const seenBy = async (role: 'oncall' | 'viewer') =>
    (await getRecommendation(contextOf(database.prisma, role), id)).plan.cost;
  expect(await seenBy('oncall')).toMatchObject({ perMonthAfter: '43.80' });
  expect(await seenBy('viewer')).toBeUndefined();
});
