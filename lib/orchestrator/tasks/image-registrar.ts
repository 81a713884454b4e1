import type { OrchestratorContext } from '../context';
import type { Task } from '../task';

/** Keeps the guest images as the hypervisor reports them. */
export const imageRegistrar = (context: OrchestratorContext): Task => ({
  name: 'image-registrar',
  periodMs: 30_000,
  deadlineMs: 60_000,
  run: async () => {
    const { db, hypervisor, clock } = context;
    const images = await hypervisor.listImages();
    const seenAt = clock.now();
    await db.$transaction(async (tx) => {
      for (const { key, ...facts } of images) {
        const data = {
          ...facts,
          packages: [...facts.packages],
          usedBy: [...facts.usedBy],
          sizeBytes: BigInt(facts.sizeBytes),
          seenAt,
        };
        await tx.image.upsert({ where: { key }, update: data, create: { key, ...data } });
      }
      await tx.image.deleteMany({ where: { key: { notIn: images.map(({ key }) => key) } } });
    });
  },
});
