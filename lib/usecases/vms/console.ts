import type { ConsoleSession } from '@/lib/db/generated/client';
import type { ConsoleInputText, ConsoleView, OpenConsoleInput } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { notifyGuests } from '@/lib/events/guests';
import { authorise, type Database, describeActor, type UseCaseContext } from '../context';
import { newId } from '../ids';
import { record } from '../record';
import { getRunningVm } from './running-vm';

/** A console that nobody has wanted for so long is closed. */
export const CONSOLE_WANTED_MS = 15_000;
/** What waits to be typed when no orchestrator takes it. */
const INPUTS_WAITING_MAX = 200;
/** Consoles that are open at once, of one VM; each costs a stream. */
const OPEN_MAX = 10;

type Row = ConsoleSession & { readonly vm: { readonly id: string; readonly name: string } };
const INCLUDE = { vm: { select: { id: true, name: true } } } as const;

const toView = (row: Row): ConsoleView => ({
  id: row.id,
  vm: row.vm,
  openedBy: row.openedBy,
  canType: row.canType,
  typedBytes: row.typedBytes,
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
});

/** Opens a VM's serial console, to look or to type as well. Throws `wrong_state` unless it runs. */
export const openConsole = async (
  context: UseCaseContext,
  vmIdOrName: string,
  input: OpenConsoleInput,
): Promise<ConsoleView> => {
  authorise(context, input.type ? 'vm.type' : 'vm.console');
  const view = await record(context, async (tx) => {
    const vm = await getRunningVm(tx, vmIdOrName);
    const open = await tx.consoleSession.count({ where: { vmId: vm.id, closedAt: null } });
    if (open >= OPEN_MAX) throw new HeadroomError('conflict', `${OPEN_MAX} consoles of ${vm.name} are open already.`);
    const now = context.clock();
    const row = await tx.consoleSession.create({
      data: {
        id: newId(),
        vmId: vm.id,
        openedBy: describeActor(context.actor),
        canType: input.type,
        openedAt: now,
        wantedAt: now,
      },
      include: INCLUDE,
    });
    return {
      value: toView(row),
      audit: {
        action: 'vm.console-open',
        subject: `vm/${vm.name}`,
        detail: { consoleId: row.id, canType: input.type },
      },
    };
  });
  await notifyGuests(context.db);
  return view;
};

/** One's own open console. Throws `not_found`, also for another's: nobody types into what somebody else looks at. */
const getOwn = async (db: Database, context: UseCaseContext, consoleId: string): Promise<Row> => {
  const row = await db.consoleSession.findUnique({ where: { id: consoleId }, include: INCLUDE });
  if (row !== null && row.closedAt === null && row.openedBy === describeActor(context.actor)) return row;
  throw new HeadroomError('not_found', 'There is no such console, or it is closed. Open it again.');
};

/** What is typed goes to the guest in the order in which it comes here. It is written down nowhere for longer. */
export const typeIntoConsole = async (
  context: UseCaseContext,
  consoleId: string,
  { data }: ConsoleInputText,
): Promise<ConsoleView> => {
  authorise(context, 'vm.type');
  const row = await getOwn(context.db, context, consoleId);
  if (!row.canType) throw new HeadroomError('forbidden', 'This console was opened to look only. Open it for typing.');
  if ((await context.db.consoleInput.count({ where: { vmId: row.vmId } })) >= INPUTS_WAITING_MAX) {
    throw new HeadroomError('too_many_requests', 'What was typed before has not arrived yet. Wait a moment.');
  }
  const [, updated] = await context.db.$transaction([
    context.db.consoleInput.create({ data: { sessionId: row.id, vmId: row.vmId, data, at: context.clock() } }),
    context.db.consoleSession.update({
      where: { id: row.id },
      data: { typedBytes: { increment: Buffer.byteLength(data) }, wantedAt: context.clock() },
      include: INCLUDE,
    }),
  ]);
  await notifyGuests(context.db);
  return toView(updated);
};

export interface ConsoleOutput {
  /** Of the last chunk. */
  readonly reached: bigint;
  readonly text: string;
  /** Nothing comes any more. */
  readonly isClosed: boolean;
}

/**
 * What the guest printed after a position (0: what is kept, too). Says that the console is still wanted, by somebody who
 * still may: a session that was ended, or a role that was taken, closes it. Throws `not_found`.
 */
export const readConsole = async (
  context: UseCaseContext,
  consoleId: string,
  after: bigint,
): Promise<ConsoleOutput> => {
  authorise(context, 'vm.console');
  const row = await context.db.consoleSession.findUnique({ where: { id: consoleId } });
  if (row === null || row.openedBy !== describeActor(context.actor)) {
    throw new HeadroomError('not_found', 'There is no such console.');
  }
  const chunks = await context.db.consoleChunk.findMany({
    where: { vmId: row.vmId, id: { gt: after } },
    orderBy: { id: 'asc' },
    take: 100,
  });
  return {
    reached: chunks.at(-1)?.id ?? after,
    text: chunks.map(({ data }) => data).join(''),
    isClosed: row.closedAt !== null,
  };
};

/** Whether whoever opened a console still may look: their session or token holds. */
const stillMay = async ({ db, actor }: UseCaseContext, now: Date): Promise<boolean> => {
  if (actor.kind === 'user') {
    const where = { id: actor.sessionId ?? '', endedAt: null, expiresAt: { gt: now } };
    return (await db.session.count({ where })) > 0;
  }
  return (await db.apiToken.count({ where: { id: actor.id, revokedAt: null } })) > 0;
};

/** To be called every few seconds while somebody looks. False: it is closed. */
export const keepConsole = async (context: UseCaseContext, consoleId: string): Promise<boolean> => {
  const now = context.clock();
  if (!(await stillMay(context, now))) return false;
  const { count } = await context.db.consoleSession.updateMany({
    where: { id: consoleId, closedAt: null, openedBy: describeActor(context.actor) },
    data: { wantedAt: now },
  });
  return count === 1;
};

/** Closing one that is closed changes nothing. Throws `not_found`. */
export const closeConsole = async (context: UseCaseContext, consoleId: string): Promise<ConsoleView> => {
  const view = await record(context, async (tx) => {
    const row = await tx.consoleSession.findUnique({ where: { id: consoleId }, include: INCLUDE });
    const mayClose = context.actor.kind === 'system' || row?.openedBy === describeActor(context.actor);
    if (row === null || !mayClose) throw new HeadroomError('not_found', 'There is no such console.');
    const closedAt = row.closedAt ?? context.clock();
    await tx.consoleSession.updateMany({ where: { id: consoleId, closedAt: null }, data: { closedAt } });
    return {
      value: toView({ ...row, closedAt }),
      audit: {
        action: 'vm.console-close',
        subject: `vm/${row.vm.name}`,
        detail: { consoleId, openedBy: row.openedBy, typedBytes: row.typedBytes },
      },
    };
  });
  await notifyGuests(context.db);
  return view;
};
