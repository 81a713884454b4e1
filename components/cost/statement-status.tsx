import { Status, type Tone } from '@/components/ui/badge';
import type { StatementSummary } from '@/lib/domain/contract';

const TONE: Readonly<Record<StatementSummary['state'], Tone>> = { draft: 'idle', closed: 'warn', sent: 'ok' };

export const StatementStatus = ({ state }: Pick<StatementSummary, 'state'>) => (
  <Status tone={TONE[state]}>{state}</Status>
);
