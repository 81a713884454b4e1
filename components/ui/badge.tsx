import type { ReactNode } from 'react';
import { cn } from './cn';

/** `ok` well · `busy` under way · `warn` needs a look · `bad` broken · `idle` nothing to say. */
export type Tone = 'ok' | 'busy' | 'warn' | 'bad' | 'idle';

const DOT: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-dot',
  busy: 'bg-accent',
  warn: 'bg-warn-dot',
  bad: 'bg-bad-dot',
  idle: 'bg-idle-dot',
};

const BADGE: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-soft text-ok',
  busy: 'bg-accent-soft text-accent-text',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  idle: 'bg-subtle text-fg-2',
};

interface BadgeProps {
  readonly tone?: Tone;
  readonly children: ReactNode;
  readonly className?: string;
}

/** A word on a soft ground: kinds, roles, counts. */
export const Badge = ({ tone = 'idle', children, className }: BadgeProps) => (
  <span
    className={cn(
      'inline-flex items-center gap-1 whitespace-nowrap rounded-sm px-1.5 py-px font-medium text-2xs',
      BADGE[tone],
      className,
    )}
  >
    {children}
  </span>
);

/** A dot and a word: how something is. The word carries the meaning, the colour helps to find it. */
export const Status = ({ tone = 'idle', children, className }: BadgeProps) => (
  <span className={cn('inline-flex items-center gap-1.5 whitespace-nowrap text-fg', className)}>
    <span aria-hidden className="relative flex size-2 shrink-0">
      {tone === 'busy' && (
        <span className="absolute inset-0 animate-ping rounded-full bg-accent opacity-60 motion-reduce:hidden" />
      )}
      <span className={cn('size-2 rounded-full', DOT[tone])} />
    </span>
    {children}
  </span>
);
