'use client';

import type { ComponentProps } from 'react';
import { PageError } from '@/components/ui/page-error';
import { Page } from '@/components/ui/page-header';

export default function ConsoleError(props: ComponentProps<typeof PageError>) {
  return (
    <Page>
      <PageError {...props} />
    </Page>
  );
}
