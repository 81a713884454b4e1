import { Status, type Tone } from '@/components/ui/badge';
import type { StatementSummary } from '@/lib/domain/contract';

const TONE: Readonly<Record<StatementSummary['state'], Tone>> = { draft: 'idle', closed: 'warn', sent: 'ok' };

/** As a statement goes on. */
export const STATEMENT_STATES = Object.keys(TONE);

export const StatementStatus = ({ state }: Pick<StatementSummary, 'state'>) => (
  <Status tone={TONE[state]}>{state}</Status>
);
