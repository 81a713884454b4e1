import type { ReceiptView } from '@/lib/domain/contract';
import type { OperationKind } from '@/lib/domain/plan';

const VERB: Readonly<Record<OperationKind, string>> = {
  create: 'Create',
  change: 'Change',
  failover: 'Fail over',
  migrate: 'Migrate',
  evacuate: 'Evacuate',
  delete: 'Delete',
  replace: 'Replace a node of',
};

/** "Fail over shop" */
export const operationTitle = (kind: OperationKind, cluster: string): string => `${VERB[kind]} ${cluster}`;

export const operationVerb = (kind: OperationKind): string => VERB[kind].replace(' a node of', '');

const count = new Intl.NumberFormat('en');

/** "1,240 requests, 0 failed, longest gap 61 ms" */
export const receiptText = (receipt: ReceiptView): string =>
  `${count.format(receipt.requests)} requests, ${count.format(receipt.failed)} failed, longest gap ${Math.round(receipt.longestGapMs)} ms`;
