import { CircleAlert, CircleCheck, Info, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Tone } from './badge';
import { cn } from './cn';

const STYLE: Readonly<Record<Tone, string>> = {
  ok: 'bg-ok-soft text-ok',
  busy: 'bg-accent-soft text-accent-text',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-bad-soft text-bad',
  idle: 'bg-subtle text-fg-2',
};

const ICON = { ok: CircleCheck, busy: Info, warn: TriangleAlert, bad: CircleAlert, idle: Info } as const;

interface CalloutProps {
  readonly tone?: Tone;
  readonly title?: string;
  readonly children?: ReactNode;
  readonly className?: string;
  /** `alert` for what went wrong just now. */
  readonly role?: 'alert' | 'status';
}

/** A remark in the flow of a page or form. */
export const Callout = ({ tone = 'idle', title, children, className, role }: CalloutProps) => {
  const Icon = ICON[tone];
  return (
    <div role={role} className={cn('flex gap-2 rounded-md px-3 py-2 text-sm', STYLE[tone], className)}>
      <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div className="min-w-0">
        {title !== undefined && <p className="font-medium">{title}</p>}
        {children !== undefined && <div className={cn(tone !== 'idle' && 'text-fg')}>{children}</div>}
      </div>
    </div>
  );
};
