'use client';

import { ArrowLeftRight, Ellipsis, Server } from 'lucide-react';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuTrigger,
} from '@/components/ui/dropdown-menu';
import { lazily } from '@/components/ui/lazily';
import type { ClusterView, NodeView } from '@/lib/domain/contract';
import type { FailoverActions } from './cluster-actions';
import { whyNotChangeable } from './cluster-facts';

/** Loaded when it is asked for. */
const FailoverSheet = lazily(async () => (await import('./failover-sheet')).FailoverSheet);

interface NodeMenuProps {
  readonly cluster: ClusterView;
  readonly node: NodeView;
  readonly actions: FailoverActions;
}

/** What may be done with one node. */
export const NodeMenu = ({ cluster, node, actions }: NodeMenuProps) => {
  const [shown, setShown] = useState<'failover' | 'move' | null>(null);
  const obstacle = whyNotChangeable(cluster);
  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="iconSm" aria-label={`Actions for ${node.name}`}>
            <Ellipsis aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {obstacle !== null && <DropdownMenuLabel>{obstacle}</DropdownMenuLabel>}
          <DropdownMenuItem disabled={obstacle !== null} onSelect={() => setShown('failover')}>
            <ArrowLeftRight aria-hidden /> Fail over…
          </DropdownMenuItem>
          <DropdownMenuItem disabled={obstacle !== null} onSelect={() => setShown('move')}>
            <Server aria-hidden /> Move to another host…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      {shown !== null && (
        <FailoverSheet cluster={cluster} node={node} kind={shown} actions={actions} onClose={() => setShown(null)} />
      )}
    </>
  );
};
