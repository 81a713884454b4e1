import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, inScene, type TestDatabase } from './testing';
import { accept, expectNothingLeftOver, ready } from './testing-cluster';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.close());

it('a process whose lease was taken writes nothing more to an operation', () =>
  inScene(database, async (scene) => {
    await scene.start();
    await ready(scene);
    const { operation } = await accept(scene);
    await scene.until('it began', async () => (await scene.db.operationEvent.count()) > 4);
    await scene.db.lease.updateMany({ data: { holder: 'another machine', epoch: 7, renewedAt: new Date() } });
    const count = await scene.db.operationEvent.count();
    await scene.clock.advance(5_000);
    expect(await scene.db.operationEvent.count()).toBe(count);
    await scene.start();
    expect(await scene.ended(operation.id)).toBe('done');
    await expectNothingLeftOver(scene);
  }));
