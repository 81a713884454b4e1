import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';
import { EmptyState } from '@/components/ui/empty-state';
import { Page } from '@/components/ui/page-header';

export default function ConsoleNotFound() {
  return (
    <Page>
      <h1 className="sr-only">Not found</h1>
      <EmptyState
        icon={<SearchX />}
        title="There is nothing here"
        action={
          <Button asChild>
            <Link href="/">Overview</Link>
          </Button>
        }
      >
        It may have been deleted or renamed, or the address has a slip.
      </EmptyState>
    </Page>
  );
}
