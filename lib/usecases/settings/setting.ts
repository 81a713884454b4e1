import type { z } from 'zod';
import type { Prisma } from '@/lib/db/generated/client';
import { type Database, describeActor, type Transaction, type UseCaseContext } from '../context';

/** Settings that administrators change, each under its key. */
export type SettingKey = 'sign-in' | 'oidc' | 'smtp';

interface StoredSetting<T> {
  readonly value: T;
  readonly updatedAt: Date;
  readonly updatedBy: string;
}

/** The stored value with who set it and when; null when it was never set or its schema has changed since. */
export const findSetting = async <S extends z.ZodType>(
  db: Database | Transaction,
  key: SettingKey,
  schema: S,
): Promise<StoredSetting<z.output<S>> | null> => {
  const row = await db.setting.findUnique({ where: { key } });
  if (row === null) return null;
  const parsed = schema.safeParse(row.value);
  return parsed.success ? { value: parsed.data, updatedAt: row.updatedAt, updatedBy: row.updatedBy } : null;
};

/** The stored value alone. */
export const readSetting = async <S extends z.ZodType>(
  db: Database | Transaction,
  key: SettingKey,
  schema: S,
): Promise<z.output<S> | null> => (await findSetting(db, key, schema))?.value ?? null;

export const writeSetting = async (
  tx: Transaction,
  context: UseCaseContext,
  key: SettingKey,
  value: Prisma.InputJsonValue,
): Promise<void> => {
  const data = { value, updatedAt: context.clock(), updatedBy: describeActor(context.actor) };
  await tx.setting.upsert({ where: { key }, create: { key, ...data }, update: data });
};

export const removeSetting = async (tx: Transaction, key: SettingKey): Promise<void> => {
  await tx.setting.deleteMany({ where: { key } });
};
