import { Page } from '@/components/ui/page-header';
import { Skeleton, SkeletonRows } from '@/components/ui/skeleton';

export default function ConsoleLoading() {
  return (
    <Page>
      <Skeleton className="mb-6 h-6 w-40" />
      <div className="rounded-lg border bg-surface">
        <SkeletonRows />
      </div>
    </Page>
  );
}
