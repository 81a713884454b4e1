import { PanelSkeleton } from '@/components/ui/page-skeleton';
import { Skeleton } from '@/components/ui/skeleton';

export default function CostLoading() {
  return (
    <>
      <Skeleton className="mb-6 h-6 w-40" />
      <PanelSkeleton />
    </>
  );
}
