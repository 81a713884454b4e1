import { cn } from './cn';

export const Skeleton = ({ className }: { readonly className?: string }) => (
  <div aria-hidden className={cn('animate-pulse rounded-md bg-track', className)} />
);

/** In place of a table or a list while it loads. */
export const SkeletonRows = ({ rows = 6 }: { readonly rows?: number }) => (
  <div role="status" aria-label="Loading" className="flex flex-col">
    {Array.from({ length: rows }, (_, row) => row).map((row) => (
      <div key={row} className="flex items-center gap-6 border-b px-4 py-3 last:border-0">
        <Skeleton className="h-3 w-32" />
        <Skeleton className="h-3 w-20" />
        <Skeleton className="h-3 grow" />
      </div>
    ))}
  </div>
);
