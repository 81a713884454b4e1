import { formatDuration } from '@/components/ui/time-text';
import type { ReceiptView } from '@/lib/domain/contract';
import { nounFor } from '@/lib/domain/counted';
import type { OperationKind } from '@/lib/domain/plan';

const VERB: Readonly<Record<OperationKind, string>> = {
  create: 'Create',
  change: 'Change',
  failover: 'Fail over',
  migrate: 'Migrate',
  evacuate: 'Evacuate',
  delete: 'Delete',
  replace: 'Replace a node of',
  restart: 'Restart the application of',
};

/** "Fail over shop" */
export const operationTitle = (kind: OperationKind, cluster: string): string => `${VERB[kind]} ${cluster}`;

const NOUN: Readonly<Record<OperationKind, string>> = {
  create: 'creation',
  change: 'change',
  failover: 'failover',
  migrate: 'migration',
  evacuate: 'evacuation',
  delete: 'deletion',
  replace: 'replacement of a node',
  restart: 'restart of the application',
};

const isKind = (kind: string): kind is OperationKind => kind in NOUN;

/** "failover": what is under way. A kind that is not known is told as it is. */
export const operationNoun = (kind: string): string => (isKind(kind) ? NOUN[kind] : kind);

const count = new Intl.NumberFormat('en');

/** "1,240 requests, 0 failed, longest gap 61 ms" */
export const receiptText = (receipt: ReceiptView): string =>
  `${count.format(receipt.requests)} ${nounFor(receipt.requests, 'request')}, ${count.format(receipt.failed)} failed, longest gap ${formatDuration(receipt.longestGapMs)}`;
