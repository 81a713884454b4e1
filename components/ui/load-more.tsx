'use client';

import { Button } from './button';

interface LoadMoreProps {
  /** Of react-query's infinite queries. */
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

/** At the end of a list that has more pages. */
export const LoadMore = ({ query }: LoadMoreProps) =>
  query.hasNextPage ? (
    <div className="flex justify-center border-t p-2">
      <Button size="sm" variant="ghost" pending={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
        Show more
      </Button>
    </div>
  ) : null;
