import { Plus } from 'lucide-react';
import Link from 'next/link';
import { Button } from '@/components/ui/button';

export const CreateLink = () => (
  <Button asChild variant="primary">
    <Link prefetch={false} href="/clusters/new">
      <Plus aria-hidden /> Create cluster
    </Link>
  </Button>
);
