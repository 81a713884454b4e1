import type { ReactNode } from 'react';
import { Breadcrumbs, type Crumb } from './breadcrumbs';

interface PageHeaderProps {
  readonly title: ReactNode;
  /** Beside the title: a status. */
  readonly aside?: ReactNode;
  readonly description?: ReactNode;
  readonly actions?: ReactNode;
  readonly breadcrumbs?: readonly Crumb[];
}

/** The only h1 of a page. */
export const PageHeader = ({ title, aside, description, actions, breadcrumbs }: PageHeaderProps) => (
  <header className="flex flex-col gap-1 pb-5">
    {breadcrumbs !== undefined && <Breadcrumbs items={breadcrumbs} />}
    <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
      <div className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
        <h1 className="min-w-0 truncate font-semibold text-fg text-xl tracking-tight">{title}</h1>
        {aside}
      </div>
      {actions !== undefined && <div className="flex flex-wrap items-center gap-2">{actions}</div>}
    </div>
    {description !== undefined && <p className="max-w-2xl text-fg-2 text-sm">{description}</p>}
  </header>
);

/** The space around a page's content. */
export const Page = ({ children }: { readonly children: ReactNode }) => (
  <div className="mx-auto w-full max-w-[1680px] px-4 py-5 sm:px-6 lg:px-8">{children}</div>
);
