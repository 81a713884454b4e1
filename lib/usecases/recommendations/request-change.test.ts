import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { changeRequirements } from '../clusters/change-requirements';
import { getCluster } from '../clusters/get-cluster';
import type { UseCaseContext } from '../context';
import { getOperation } from '../operations/operations';
import { actorOf, contextOf, countRows, insertHosts, insertWorkload, TEST_WORKLOAD } from '../testing';
import { runningCluster } from '../testing-cluster';
import { approveRecommendation, rejectRecommendation } from './decide';
import { getRecommendation, listRecommendations } from './recommendations';
import { requestChange } from './request-change';

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

const operator = (): UseCaseContext => contextOf(database.prisma, 'operator');
const oncall = (): UseCaseContext => contextOf(database.prisma, 'oncall');
const ask = (change: object = { nodes: 3 }) => requestChange(operator(), cluster, { reason: 'a sale', ...change });

describe('a change that a person sends for approval', () => {
  it('changes nothing until somebody else approves it, then is done in the name of who asked', async () => {
    const { id, planHash, plan } = await ask({ nodes: 3, spread: 'site', mode: 'shutdown' });
    expect(plan.mode).toBe('shutdown');
    expect((await getCluster(operator(), cluster)).activeOperation).toBeNull();
    const approved = await approveRecommendation(oncall(), id, { planHash, comment: 'go' });
    expect(approved).toMatchObject({ state: 'approved', policy: null, requestedBy: 'operator@example.org' });
    const operation = await getOperation(oncall(), approved.operationId ?? '');
    expect(operation).toMatchObject({
      requestedBy: 'operator@example.org',
      approvedBy: 'oncall@example.org',
      reason: 'a sale',
      plan: { mode: 'shutdown', hash: planHash, after: { nodes: 3, spread: 'site' } },
    });
  });

  it('is not approved by who asks for it', async () => {
    const { id, planHash } = await ask();
    await expect(approveRecommendation(operator(), id, { planHash, comment: '' })).rejects.toMatchObject({
      code: 'forbidden',
    });
    const another = { ...operator(), actor: { ...actorOf('operator'), name: 'other@example.org' } };
    const approved = await approveRecommendation(another, id, { planHash, comment: '' });
    expect(approved.state).toBe('approved');
  });

  it('closes what was asked before for the same cluster', async () => {
    const first = await ask();
    const second = await ask({ nodes: 4 });
    expect((await getRecommendation(operator(), first.id)).state).toBe('superseded');
    const open = await listRecommendations(operator(), { limit: 10, state: 'open', cluster });
    expect(open.items.map(({ id }) => id)).toEqual([second.id]);
  });

  it('is planned anew, as it was asked, when things have changed', async () => {
    const { id, planHash } = await ask({ spread: 'none', nodes: 3 });
    await database.pool.query('update "Cluster" set generation = generation + 1 where name = $1', [cluster]);
    await expect(approveRecommendation(oncall(), id, { planHash, comment: '' })).rejects.toMatchObject({
      code: 'stale_plan',
    });
    const remade = await getRecommendation(oncall(), id);
    expect(remade).toMatchObject({ remade: 1, state: 'open', plan: { after: { nodes: 3, spread: 'none' } } });
  });

  it('leaves no trace in the cluster when it is rejected', async () => {
    const { id } = await ask();
    await rejectRecommendation(oncall(), id, { comment: 'not tonight' });
    expect((await getCluster(operator(), cluster)).requirements.nodes).toBe(2);
  });

  it('is refused like the change itself: a stale generation, no room, nothing to do', async () => {
    const before = await countRows(database.prisma);
    await expect(ask({ generation: 99 })).rejects.toMatchObject({ code: 'stale_generation' });
    await expect(ask({ shape: { vcpus: 8, memoryMiB: 16_384 }, nodes: 8 })).rejects.toMatchObject({
      code: 'no_capacity',
    });
    await expect(ask({ nodes: 2 })).rejects.toMatchObject({ code: 'impossible' });
    await expect(requestChange(oncall(), cluster, { nodes: 3 })).rejects.toMatchObject({ code: 'forbidden' });
    expect(await countRows(database.prisma)).toEqual(before);
    const accepted = await changeRequirements(operator(), cluster, { nodes: 3, dryRun: true });
    expect('plan' in accepted).toBe(true);
  });
});
