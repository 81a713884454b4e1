import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '@/lib/db/testing';
import { labelsSchema } from '@/lib/domain/contract';
import { contextOf, insertHosts } from '../testing';
import { getHost } from './hosts';
import { listSites, setHostLabels, setSiteLabels } from './labels';

let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
  await insertHosts(database.prisma);
});
afterAll(() => database.close());

describe('labels', () => {
  it('are said of a host and of a site, shown with each host, and in the audit trail', async () => {
    const context = contextOf(database.prisma, 'operator');
    await setHostLabels(context, 'paris-1', { labels: ['rack=b4', 'ssd'] });
    await setSiteLabels(context, 'paris', { labels: ['tier=gold'] });
    expect(await getHost(context, 'paris-1')).toMatchObject({ labels: ['rack=b4', 'ssd'], siteLabels: ['tier=gold'] });
    expect(await getHost(context, 'paris-2')).toMatchObject({ labels: [], siteLabels: ['tier=gold'] });
    expect((await listSites(context)).items).toContainEqual({
      id: 'paris',
      name: 'paris',
      labels: ['tier=gold'],
      hosts: ['paris-1', 'paris-2'],
    });
    const entries = await database.prisma.auditEntry.findMany({ orderBy: { seq: 'asc' } });
    expect(entries.map(({ action, subject }) => `${action} ${subject}`)).toEqual([
      'host.label host/paris-1',
      'site.label site/paris',
    ]);
    await expect(setHostLabels(context, 'nowhere', { labels: [] })).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    [['rack=b4', 'topology.example.org/zone=1'], true],
    [['a', 'a'], false],
    [['two words'], false],
    [['=value'], false],
    [['<script>'], false],
    [Array.from({ length: 21 }, (_, n) => `l${n}`), false],
  ])('%j', (labels, isGood) => {
    expect(labelsSchema.safeParse({ labels }).success).toBe(isGood);
  });
});
