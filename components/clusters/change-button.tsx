'use client';

import { SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { lazily } from '@/components/ui/lazily';
import type { ClusterView } from '@/lib/domain/contract';
import type { ChangeActions } from './cluster-actions';
import { whyNotChangeable } from './cluster-facts';

/** A form of its own size, loaded when it is asked for. */
const ChangeRequirementsSheet = lazily(
  async () => (await import('@/components/requirements/change-requirements-sheet')).ChangeRequirementsSheet,
);

interface ChangeButtonProps {
  readonly cluster: ClusterView;
  readonly actions: ChangeActions;
}

export const ChangeButton = ({ cluster, actions }: ChangeButtonProps) => {
  const [open, setOpen] = useState(false);
  const obstacle = whyNotChangeable(cluster);
  return (
    <>
      <Button
        variant="primary"
        disabled={obstacle !== null}
        title={obstacle ?? undefined}
        onClick={() => setOpen(true)}
      >
        <SlidersHorizontal aria-hidden /> Change requirements
      </Button>
      {open && <ChangeRequirementsSheet cluster={cluster} actions={actions} onClose={() => setOpen(false)} />}
    </>
  );
};
