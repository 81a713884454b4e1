import type { OperationView, ReceiptView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { failureText } from '@/lib/domain/operation';
import { servesClients } from '@/lib/domain/plan';
import { printLine, printTable } from './output';

type WithReceipt = Pick<OperationView, 'kind' | 'receipt'>;

/** Null where there was none, or nobody to serve. */
const receiptOf = ({ kind, receipt }: WithReceipt): ReceiptView | null => (servesClients(kind) ? receipt : null);

/** Empty where there is nothing to say. */
export const describeReceipt = (operation: WithReceipt): string => {
  const receipt = receiptOf(operation);
  return receipt === null ? '' : textOf(receipt);
};

const textOf = (receipt: ReceiptView): string =>
  `${counted(receipt.requests, 'request')}, ${receipt.failed} failed, longest gap ${Math.round(receipt.longestGapMs)} ms`;

const showReceipt = async (receipt: ReceiptView): Promise<void> => {
  printLine(`Clients saw: ${textOf(receipt)}`);
  const { failed, failures } = receipt;
  if (failures.length === 0) return;
  await printTable(
    ['FAILED REQUEST', 'AFTER', 'WHAT HAPPENED', 'NODE'],
    failures.map((failure) => [failure.at, `${failure.afterMs} ms`, failureText(failure), failure.node]),
  );
  if (failed > failures.length) printLine(`and ${failed - failures.length} more`);
};

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
  const receipt = receiptOf(operation);
  if (receipt !== null) await showReceipt(receipt);
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
