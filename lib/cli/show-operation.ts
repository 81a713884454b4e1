import type { OperationView, ReceiptView } from '@/lib/domain/contract';
import { servesClients } from '@/lib/domain/plan';
import { printLine, printTable } from './output';

/** Empty where there was none, or nobody to serve. */
export const describeReceipt = ({ kind, receipt }: Pick<OperationView, 'kind' | 'receipt'>): string =>
  receipt === null || !servesClients(kind) ? '' : textOf(receipt);

const textOf = (receipt: ReceiptView): string =>
  `${receipt.requests} requests, ${receipt.failed} failed, longest gap ${Math.round(receipt.longestGapMs)} ms`;

const durationOf = (startedAt: string | null, endedAt: string | null): string =>
  startedAt === null || endedAt === null
    ? ''
    : `${((Date.parse(endedAt) - Date.parse(startedAt)) / 1000).toFixed(2)} s`;

export const showOperation = async (operation: OperationView): Promise<void> => {
  printLine(
    `${operation.kind} of ${operation.cluster.name}: ${operation.state} (${operation.stepsDone}/${operation.stepsTotal} steps)`,
  );
  printLine(
    `Operation ${operation.id}, asked for by ${operation.requestedBy}${operation.reason === '' ? '' : `: ${operation.reason}`}`,
  );
  if (operation.summary !== null) printLine(operation.summary);
  const receipt = describeReceipt(operation);
  if (receipt !== '') printLine(`Clients saw: ${receipt}`);
  printLine();
  await printTable(
    ['STEP', 'STATE', 'TOOK', 'DETAIL'],
    operation.steps.map((step) => [
      step.title,
      step.state,
      durationOf(step.startedAt, step.endedAt),
      step.detail ?? '',
    ]),
  );
};
