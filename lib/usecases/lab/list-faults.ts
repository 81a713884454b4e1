import type { LabFaultsQuery, LabFaultView, Page } from '@/lib/domain/contract';
import { HeadroomError } from '@/lib/domain/errors';
import { LAB_FAULT_STATES, labFaultIs } from '@/lib/domain/lab-fault';
import { authorise, type UseCaseContext } from '../context';
import { afterNewest, encodeCursor, toPage } from '../paging';
import { toLabFaultView } from './view';

/** Harm that was done to the lab on purpose, newest first. */
export const listLabFaults = async (context: UseCaseContext, query: LabFaultsQuery): Promise<Page<LabFaultView>> => {
  authorise(context, 'cluster.read');
  const states = LAB_FAULT_STATES.filter((state) => query.open === undefined || labFaultIs.open(state) === query.open);
  const rows = await context.db.labFault.findMany({
    where: {
      AND: [{ state: { in: states } }, afterNewest('requestedAt', query.cursor)],
    },
    orderBy: [{ requestedAt: 'desc' }, { id: 'asc' }],
    take: query.limit + 1,
  });
  return toPage(rows, query.limit, toLabFaultView, (fault) => encodeCursor(fault.requestedAt.toISOString(), fault.id));
};

/** Throws `not_found`. */
export const getLabFault = async (context: UseCaseContext, faultId: string): Promise<LabFaultView> => {
  authorise(context, 'cluster.read');
  const fault = await context.db.labFault.findUnique({ where: { id: faultId } });
  if (fault === null) throw new HeadroomError('not_found', `There is no fault ${JSON.stringify(faultId)}.`);
  return toLabFaultView(fault);
};
