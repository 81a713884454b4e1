import { afterAll, beforeAll, expect, it } from 'vitest';
import { policySchema } from '@/lib/domain/policy/schema';
import { setBudget } from '@/lib/usecases/billing/budgets';
import { getPolicyCost } from '@/lib/usecases/billing/policy-cost';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { setLoad } from '@/lib/usecases/clusters/set-load';
import type { UseCaseContext } from '@/lib/usecases/context';
import { createPolicy } from '@/lib/usecases/policies/create-policy';
import { approveRecommendation, rejectRecommendation } from '@/lib/usecases/recommendations/decide';
import { getRecommendation } from '@/lib/usecases/recommendations/recommendations';
import { createTestDatabase, inScene, type Scene, type TestDatabase } from './testing';
import { change, expectNothingLeftOver, running, seenSince } from './testing-cluster';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const MINUTE = 60_000;
/** One vCPU serves 400 requests/s in the simulated world; 500 on two nodes of one vCPU are 62 % each. */
const RULE = {
  kind: 'threshold',
  metric: 'cpu',
  up: { above: 0.5, forMs: MINUTE, step: { nodes: 1 } },
  down: { below: 0.2, forMs: 2 * MINUTE, step: { nodes: 1 } },
};
const BOUNDS = { nodesMin: 2, nodesMax: 4, cooldownUpMs: MINUTE, cooldownDownMs: 3 * MINUTE };

const policy = (scene: Scene, input: object = {}) =>
  createPolicy(
    scene.asAdministrator,
    policySchema.parse({ name: 'peak', cluster: 'shop', mode: 'automatic', rule: RULE, bounds: BOUNDS, ...input }),
  );

const load = (scene: Scene, requestsPerSecond: number) =>
  setLoad(scene.asAdministrator, 'shop', { requestsPerSecond, path: '/', slowStreams: 0 });

const nodesWanted = async (scene: Scene): Promise<number> => {
  const revision = await scene.db.requirementsRevision.findFirstOrThrow({ orderBy: { generation: 'desc' } });
  return revision.nodes;
};
const isQuiet = async (scene: Scene): Promise<boolean> =>
  (await scene.db.operation.count({ where: { state: { in: ['pending', 'running', 'undoing'] } } })) === 0;

const untilNodes = (scene: Scene, nodes: number) =>
  scene.until(`${nodes} nodes`, async () => (await nodesWanted(scene)) === nodes && (await isQuiet(scene)), 1_800_000);

const changes = (scene: Scene) =>
  scene.db.operation.findMany({ where: { kind: 'change' }, orderBy: { createdAt: 'asc' } });

const asPerson = (scene: Scene, name: string): UseCaseContext => ({
  ...scene.asAdministrator,
  actor: { kind: 'user', id: name, name, role: 'oncall' },
});

const openOne = async (scene: Scene) => {
  await scene.until(
    'a recommendation',
    async () => (await scene.db.recommendation.count({ where: { state: 'open' } })) > 0,
  );
  return scene.db.recommendation.findFirstOrThrow({ where: { state: 'open' } });
};

it('load rises and the policy grows the cluster; it falls and the policy shrinks it; cool-downs hold between', () =>
  inScene(database, async (scene) => {
    await scene.start();
    const shop = await running(scene);
    const { id } = await policy(scene);
    const since = scene.clock.now();
    await load(scene, 500);
    await untilNodes(scene, 3);
    await load(scene, 0);
    await untilNodes(scene, 2);
    const [grown, shrunk] = await changes(scene);
    const { months } = await getPolicyCost(scene.asAdministrator, 'peak');
    expect(months.map((month) => month.changes)).toEqual([2]);
    expect(grown).toMatchObject({ requestedBy: 'policy:peak', state: 'done' });
    expect(grown?.reason).toMatch(/^CPU of the cluster is .* %, above 50 % for 1 m.*: 2 → 3 nodes$/);
    expect(shrunk?.reason).toMatch(/below 20 %.*: 3 → 2 nodes$/);
    const waitedMs = (shrunk?.createdAt.getTime() ?? 0) - (grown?.endedAt?.getTime() ?? 0);
    expect(waitedMs).toBeGreaterThanOrEqual(BOUNDS.cooldownDownMs);
    await scene.until(
      'it stays at its bounds',
      async () => (await scene.db.policyEvaluation.count({ where: { policyId: id, code: 'at-bounds' } })) > 0,
    );
    const evaluations = await scene.db.policyEvaluation.findMany({ where: { policyId: id }, orderBy: { id: 'asc' } });
    const codes = evaluations.map((evaluation) => evaluation.code);
    expect(codes).toEqual(expect.arrayContaining(['in-band', 'not-long-enough', 'acted', 'cool-down']));
    const held = evaluations.find((evaluation) => evaluation.code === 'cool-down');
    expect(held?.reason).toMatch(/^Did nothing: cool-down .* left/);
    expect((await scene.db.auditEntry.findMany({ where: { actor: 'policy:peak' } })).length).toBe(2);
    expect((await seenSince(scene, shop.id, since)).failed).toBe(0);
    await expectNothingLeftOver(scene);
  }));

it('does nothing while nothing is measured, and says so', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    await load(scene, 500);
    await scene.db.$executeRaw`create function forget() returns trigger language plpgsql as 'begin return null; end'`;
    await scene.db
      .$executeRaw`create trigger forget before insert on "MetricSample" for each row execute function forget()`;
    try {
      const { id } = await policy(scene);
      await scene.until('evaluations without data', async () => {
        const since = new Date(scene.clock.now().getTime() - 5 * MINUTE);
        return (
          (await scene.db.policyEvaluation.count({ where: { policyId: id, code: 'no-data', at: { lt: since } } })) > 0
        );
      });
      expect(await changes(scene)).toEqual([]);
    } finally {
      await scene.db.$executeRaw`drop function forget cascade`;
    }
  }));

it('in mode approval nothing happens until a person agrees; then the plan that was shown is executed', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    await policy(scene, { mode: 'approval' });
    await load(scene, 500);
    const asked = await openOne(scene);
    const { plan } = await getRecommendation(asPerson(scene, 'ada'), asked.id);
    expect(Number(plan.cost?.perMonthAfter)).toBeGreaterThan(Number(plan.cost?.perMonthBefore));
    await scene.clock.advance(5 * MINUTE);
    expect(await changes(scene)).toEqual([]);
    expect(await scene.db.recommendation.count()).toBe(1);
    const approved = await approveRecommendation(asPerson(scene, 'ada'), asked.id, {
      planHash: asked.planHash,
      comment: 'go',
    });
    expect(await scene.ended(approved.operationId ?? '')).toBe('done');
    const [grown] = await changes(scene);
    expect(grown).toMatchObject({ requestedBy: 'policy:peak', approvedBy: 'ada', planHash: asked.planHash });
    expect(await nodesWanted(scene)).toBe(3);
  }));

it('an automatic policy asks before the month would end above a budget with a cap, and makes smaller without asking', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    await scene.until('rates', async () => (await scene.db.rate.count()) > 0);
    const budget = { scope: 'cluster' as const, target: 'shop', thresholds: [80] };
    await setBudget(scene.asAdministrator, { ...budget, amount: '10', capsPolicies: true });
    await policy(scene);
    await load(scene, 500);
    const asked = await openOne(scene);
    expect(asked.reason).toMatch(
      /: 2 → 3 nodes; asked because the month of shop would end at .* above its budget of 10\.00 EUR$/,
    );
    expect(await changes(scene)).toEqual([]);
    await scene.until('said', async () => (await scene.db.budgetAlert.count({ where: { kind: 'forecast' } })) === 1);
    const answer = { planHash: asked.planHash, comment: 'go' };
    const approved = await approveRecommendation(asPerson(scene, 'ada'), asked.id, answer);
    expect(await scene.ended(approved.operationId ?? '')).toBe('done');
    await load(scene, 0);
    await untilNodes(scene, 2);
    const [grown, shrunk] = await changes(scene);
    expect([grown?.approvedBy, shrunk?.approvedBy]).toEqual(['ada', null]);
    await setBudget(scene.asAdministrator, { ...budget, amount: '100000', capsPolicies: true });
    await load(scene, 500);
    await untilNodes(scene, 3);
    expect(await scene.db.recommendation.count()).toBe(1);
  }));

it('a plan that things have overtaken is refused and made anew; a size that is no longer wanted closes', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    await policy(scene, { mode: 'approval' });
    await load(scene, 500);
    const asked = await openOne(scene);
    const ada = asPerson(scene, 'ada');
    await scene.ended(await change(scene, 'shop', { spares: 1 }));
    await expect(approveRecommendation(ada, asked.id, { planHash: asked.planHash, comment: '' })).rejects.toMatchObject(
      { code: 'stale_plan' },
    );
    const remade = await openOne(scene);
    expect(remade.id).toBe(asked.id);
    expect(remade.planHash).not.toBe(asked.planHash);
    expect(remade.remade).toBeGreaterThan(0);
    await load(scene, 200);
    await scene.until(
      'it closes',
      async () => (await scene.db.recommendation.count({ where: { state: 'open' } })) === 0,
    );
    expect(await scene.db.recommendation.findFirstOrThrow()).toMatchObject({
      state: 'superseded',
      comment: 'It is no longer needed.',
    });
  }));

it('a rejection is respected for a while, and what nobody answers goes from role to role and expires', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const { id } = await policy(scene, { mode: 'approval', approval: { expiresAfterMs: 6 * MINUTE } });
    await load(scene, 500);
    const first = await openOne(scene);
    expect(first.askedRole).toBe('oncall');
    await rejectRecommendation(asPerson(scene, 'ada'), first.id, { comment: 'not today' });
    await scene.until(
      'declined',
      async () => (await scene.db.policyEvaluation.count({ where: { policyId: id, code: 'declined' } })) > 0,
    );
    const second = await openOne(scene);
    expect(second.createdAt.getTime() - first.createdAt.getTime()).toBeGreaterThanOrEqual(6 * MINUTE);
    const roleIs = (role: string) => async () =>
      (await scene.db.recommendation.findUniqueOrThrow({ where: { id: second.id } })).askedRole === role;
    await scene.until('the operator is asked', roleIs('operator'));
    await scene.until('the administrator is asked', roleIs('admin'));
    await scene.until(
      'it expires',
      async () => (await scene.db.recommendation.findUniqueOrThrow({ where: { id: second.id } })).state === 'expired',
    );
    expect(await changes(scene)).toEqual([]);
  }));

it('of two persons each counts once, and who wrote the policy does not', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const author = {
      ...asPerson(scene, 'olga'),
      actor: { ...asPerson(scene, 'olga').actor, role: 'operator' as const },
    };
    const input = {
      name: 'peak',
      cluster: 'shop',
      mode: 'approval',
      rule: RULE,
      bounds: BOUNDS,
      approval: { persons: 2 },
    };
    await createPolicy(author, policySchema.parse(input));
    await load(scene, 500);
    const { id, planHash } = await openOne(scene);
    const approve = (name: string) => approveRecommendation(asPerson(scene, name), id, { planHash, comment: '' });
    await expect(approve('olga')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(approveRecommendation(scene.asAdministrator, id, { planHash, comment: '' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    expect(await approve('ada')).toMatchObject({ state: 'open', approvals: [{ by: 'ada' }] });
    await expect(approve('ada')).rejects.toMatchObject({ code: 'wrong_state' });
    const { state, operationId } = await approve('grace');
    expect(state).toBe('approved');
    expect(await scene.ended(operationId ?? '')).toBe('done');
    expect((await changes(scene))[0]?.approvedBy).toBe('ada, grace');
  }));

it('a calendar changes the size at its times and returns to its base', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await running(scene);
    const now = scene.clock.now();
    const at = (minutes: number) => new Date(now.getTime() + minutes * MINUTE).toISOString().slice(11, 16);
    const days = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
    const rule = {
      kind: 'calendar',
      zone: 'UTC',
      base: { nodes: 2 },
      entries: [{ name: 'rush', size: { nodes: 3 }, when: { kind: 'weekly', days, from: at(10), to: at(20) } }],
    };
    await policy(scene, { rule, bounds: {} });
    await untilNodes(scene, 3);
    await untilNodes(scene, 2);
    const [grown, shrunk] = await changes(scene);
    expect(grown?.reason).toBe('The calendar has rush: 2 → 3 nodes');
    expect(grown?.createdAt.toISOString().slice(11, 16)).toBe(at(10));
    expect(shrunk?.reason).toBe('The calendar is back at its base: 3 → 2 nodes');
    const { operation } = await deleteCluster(scene.asAdministrator, 'shop', { confirmName: 'shop' });
    expect(await scene.ended(operation.id)).toBe('done');
    await scene.until(
      'it goes with its cluster',
      async () => (await scene.db.policy.count({ where: { deletedAt: null } })) === 0,
    );
  }));
