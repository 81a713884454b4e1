import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { contextOf, insertHosts, insertWorkload, TEST_WORKLOAD } from '@/lib/usecases/testing';
import { runningCluster } from '@/lib/usecases/testing-cluster';
import { createUser } from '@/lib/usecases/users/create-user';
import { renderMetrics } from './prometheus';
import { checkReadiness } from './readiness';

let database: TestDatabase;
const NOW = new Date('2026-03-01T12:00:00Z');
const ago = (seconds: number): Date => new Date(NOW.getTime() - seconds * 1000);

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

const leaseOf = (renewedAt: Date) =>
  database.prisma.lease.upsert({
    where: { name: 'orchestrator' },
    create: { name: 'orchestrator', holder: 'test', epoch: 1, renewedAt },
    update: { renewedAt },
  });

describe('readiness', () => {
  it('needs hosts, and an orchestrator whose lease is fresh', async () => {
    expect(await checkReadiness(database.prisma, NOW)).toMatchObject({
      ok: false,
      checks: { database: { ok: true }, migrations: { ok: true }, orchestrator: { ok: false } },
    });
    await leaseOf(ago(3));
    expect(await checkReadiness(database.prisma, NOW)).toMatchObject({ ok: false, checks: { hosts: { ok: false } } });
    await insertHosts(database.prisma);
    expect(await checkReadiness(database.prisma, NOW)).toMatchObject({ ok: true });
    await leaseOf(ago(60));
    const late = await checkReadiness(database.prisma, NOW);
    expect(late.checks.orchestrator).toEqual({ ok: false, message: 'No orchestrator for 60 s.' });
  });
});

describe('metrics for Prometheus', () => {
  it('say what runs, and name no person and no secret', async () => {
    const db = database.prisma;
    await insertWorkload(db, TEST_WORKLOAD);
    await createUser(contextOf(db), {
      email: 'ada@example.org',
      name: 'Ada',
      password: 'a long password',
      role: 'admin',
    });
    const cluster = await runningCluster(db);
    const [holder] = await db.node.findMany();
    await db.node.update({ where: { vmId: holder?.vmId ?? '' }, data: { holdsVip: true, observedAt: ago(1) } });
    await db.metricSample.createMany({
      data: [
        { clusterId: cluster.id, at: ago(2), requestsPerSecond: 10, errorsPerSecond: 0.5 },
        { clusterId: cluster.id, at: ago(1), requestsPerSecond: 20, errorsPerSecond: 0 },
      ],
    });
    const { text } = await renderMetrics(db, NOW);
    const lines = text.split('\n');
    for (const line of [
      'headroom_clusters{state="running"} 1',
      'headroom_clusters{state="degraded"} 0',
      'headroom_nodes{state="active"} 2',
      'headroom_operations{state="done"} 1',
      'headroom_vip_holders{cluster="shop"} 1',
      'headroom_requests_per_second{cluster="shop"} 20',
      'headroom_errors_per_second{cluster="shop"} 0',
      'headroom_orchestrator_lease_age_seconds 60',
    ]) {
      expect(lines).toContain(line);
    }
    expect(text).not.toMatch(/ada|scrypt|hr_/);
  });

  it('leave out what was measured too long ago', async () => {
    const { text } = await renderMetrics(database.prisma, new Date(NOW.getTime() + 120_000));
    expect(text).not.toContain('headroom_requests_per_second{');
    expect(text).toContain('headroom_vip_holders{cluster="shop"} 0');
  });
});
