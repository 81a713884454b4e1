import { randomBytes } from 'node:crypto';
import type { NotificationChannel } from '@/lib/db/generated/client';
import type {
  ChannelCreated,
  ChannelView,
  CreateChannelInput,
  DeliveryView,
  Page,
  PageQuery,
  UpdateChannelInput,
} from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { authorise, type Database, describeActor, type Transaction, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { afterNewest, decodeCursor, encodeCursor, toPage } from '../paging';
import { record } from '../record';
import { SECRET_PREFIX, sealSecret } from './channel-secret';
import { enqueue } from './enqueue';
import { toChannelView, toDeliveryView } from './view';

const SECRET_BYTES = 32;

/** By name, then id. */
export const listChannels = async (context: UseCaseContext, query: PageQuery): Promise<Page<ChannelView>> => {
  authorise(context, 'users.write');
  const after = query.cursor === undefined ? undefined : decodeCursor(query.cursor, 2);
  const rows = await context.db.notificationChannel.findMany({
    where: {
      deletedAt: null,
      ...(after === undefined
        ? {}
        : { OR: [{ name: { gt: after[0] ?? '' } }, { name: after[0] ?? '', id: { gt: after[1] ?? '' } }] }),
    },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toChannelView, (row) => encodeCursor(row.name, row.id));
};

const targetOf = (input: CreateChannelInput): string => {
  switch (input.kind) {
    case 'person':
      return input.email;
    case 'role':
      return input.role;
    case 'webhook':
      return input.url;
    default: {
      const unknown: never = input;
      throw new Error(`unknown kind of channel ${JSON.stringify(unknown)}`);
    }
  }
};

/** Who is told of what from now on. The answer is the only place where a webhook's secret appears. */
export const createChannel = async (context: UseCaseContext, input: CreateChannelInput): Promise<ChannelCreated> => {
  authorise(context, 'users.write');
  const secret = input.kind === 'webhook' ? `${SECRET_PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}` : null;
  const id = newId();
  return record(context, async (tx) => {
    const row = await tx.notificationChannel.create({
      data: {
        id,
        name: input.name,
        kind: input.kind,
        target: targetOf(input),
        topics: input.topics,
        secret: secret === null ? null : sealSecret(id, secret),
        createdAt: context.clock(),
        createdBy: describeActor(context.actor),
      },
    });
    return {
      value: { ...toChannelView(row), secret },
      audit: {
        action: 'notification.create',
        subject: `notification/${row.id}`,
        detail: { name: row.name, kind: row.kind, target: row.target, topics: row.topics },
      },
    };
  });
};

const getChannelRow = async (db: Database | Transaction, id: string): Promise<NotificationChannel> => {
  const row = await db.notificationChannel.findFirst({ where: { id, deletedAt: null } });
  if (row === null) throw new HeadroomError('not_found', 'There is no such channel.');
  return row;
};

/** Of what a channel tells from now on, and what it is called. Throws `not_found`. */
export const updateChannel = async (
  context: UseCaseContext,
  id: string,
  { name, topics }: UpdateChannelInput,
): Promise<ChannelView> => {
  authorise(context, 'users.write');
  return record(context, async (tx) => {
    const before = await getChannelRow(tx, id);
    const row = await tx.notificationChannel.update({ where: { id }, data: { name, topics } });
    return {
      value: toChannelView(row),
      audit: {
        action: 'notification.update',
        subject: `notification/${id}`,
        detail: { name: row.name, topics: row.topics, before: { name: before.name, topics: before.topics } },
      },
    };
  });
};

/** What is not delivered yet is not delivered any more. Throws `not_found`. */
export const deleteChannel = async (context: UseCaseContext, id: string): Promise<ChannelView> => {
  authorise(context, 'users.write');
  return record(context, async (tx) => {
    const row = await getChannelRow(tx, id);
    await tx.notificationChannel.update({ where: { id }, data: { deletedAt: context.clock() } });
    await tx.notificationDelivery.updateMany({
      where: { channelId: id, state: 'pending' },
      data: { state: 'failed', lastError: 'The channel was removed.' },
    });
    return {
      value: toChannelView(row),
      audit: { action: 'notification.delete', subject: `notification/${id}`, detail: { name: row.name } },
    };
  });
};

/** Has a test message sent; the delivery log shows what became of it. Throws `not_found`. */
export const testChannel = async (context: UseCaseContext, id: string): Promise<ChannelView> => {
  authorise(context, 'users.write');
  return record(context, async (tx) => {
    const row = await getChannelRow(tx, id);
    const notice = {
      key: `test/${newId()}`,
      topic: 'test',
      title: 'Test of Headroom',
      text: `${describeActor(context.actor)} asked for this test of ${row.name}.`,
      path: '/settings/notifications',
      role: null,
    } as const;
    await enqueue(tx, [row], notice, context.clock());
    return {
      value: toChannelView(row),
      audit: { action: 'notification.test', subject: `notification/${id}`, detail: { name: row.name } },
    };
  });
};

/** The delivery log, newest first. */
export const listDeliveries = async (context: UseCaseContext, query: PageQuery): Promise<Page<DeliveryView>> => {
  authorise(context, 'users.write');
  const rows = await context.db.notificationDelivery.findMany({
    where: afterNewest('createdAt', query.cursor),
    orderBy: [{ createdAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
    include: { channel: { select: { id: true, name: true } } },
  });
  return toPage(rows, query.limit, toDeliveryView, (d) => encodeCursor(d.createdAt.toISOString(), d.id));
};
