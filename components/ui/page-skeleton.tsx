import { Page } from './page-header';
import { Skeleton, SkeletonRows } from './skeleton';

/** What is below a page's tabs or title while it loads. */
export const PanelSkeleton = () => (
  <div className="rounded-lg border bg-surface">
    <SkeletonRows />
  </div>
);

/** A page while it loads. */
export const PageSkeleton = () => (
  <Page>
    <Skeleton className="mb-6 h-6 w-40" />
    <PanelSkeleton />
  </Page>
);
