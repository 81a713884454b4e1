import { type ReactNode, useId } from 'react';

interface GuideStepProps {
  readonly n: number;
  readonly title: string;
  readonly hint?: ReactNode;
  readonly children: ReactNode;
}

/** One numbered part of a guided form. */
export const GuideStep = ({ n, title, hint, children }: GuideStepProps) => {
  const id = useId();
  return (
    <section aria-labelledby={id} className="flex flex-col gap-4">
      <header className="flex items-start gap-3">
        <span
          aria-hidden
          className="flex size-6 shrink-0 items-center justify-center rounded-full bg-accent-soft font-semibold text-accent-text text-xs"
        >
          {n}
        </span>
        <div className="min-w-0">
          <h3 id={id} className="font-semibold text-fg text-sm leading-6">
            {title}
          </h3>
          {hint !== undefined && <p className="text-fg-3 text-xs">{hint}</p>}
        </div>
      </header>
      <div className="flex min-w-0 flex-col gap-5 sm:pl-9">{children}</div>
    </section>
  );
};
