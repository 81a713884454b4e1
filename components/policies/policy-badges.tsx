import { Badge, Status, type Tone } from '@/components/ui/badge';
import type { EvaluationView, PolicyView } from '@/lib/domain/contract';

const MODE: Readonly<Record<PolicyView['mode'], Tone>> = { automatic: 'busy', approval: 'warn', observe: 'idle' };

export const PolicyMode = ({ mode }: { readonly mode: PolicyView['mode'] }) => <Badge tone={MODE[mode]}>{mode}</Badge>;

export const PolicyOn = ({ enabled }: { readonly enabled: boolean }) => (
  <Status tone={enabled ? 'ok' : 'idle'}>{enabled ? 'on' : 'off'}</Status>
);

const OUTCOME: Readonly<Record<EvaluationView['outcome'], { readonly tone: Tone; readonly word: string }>> = {
  grow: { tone: 'busy', word: 'grow' },
  shrink: { tone: 'busy', word: 'shrink' },
  none: { tone: 'idle', word: 'nothing' },
};

export const Outcome = ({ outcome }: { readonly outcome: EvaluationView['outcome'] }) => (
  <Badge tone={OUTCOME[outcome].tone}>{OUTCOME[outcome].word}</Badge>
);
