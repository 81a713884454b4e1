'use client';

import { useState } from 'react';
import { VerdictStatus } from '@/components/states/states';
import { lazily } from '@/components/ui/lazily';
import type { NodeView } from '@/lib/domain/contract';

/** Loaded when it is asked for. */
const HealthSheet = lazily(async () => (await import('./health-sheet')).HealthSheet);

/** How a node stands; it opens what that rests on. */
export const HealthCell = ({ clusterId, node }: { readonly clusterId: string; readonly node: NodeView }) => {
  const [isShown, setIsShown] = useState(false);
  if (node.health === null) return <span className="text-fg-3">not known</span>;
  return (
    <>
      <button
        type="button"
        aria-label={`Health of ${node.name}: ${node.health.verdict}. Show the evidence`}
        title={node.health.reason}
        onClick={() => setIsShown(true)}
        className="cursor-pointer rounded-sm underline decoration-dotted decoration-fg-3 underline-offset-4 hover:decoration-solid"
      >
        <VerdictStatus verdict={node.health.verdict} />
      </button>
      {isShown && <HealthSheet clusterId={clusterId} node={node.name} onClose={() => setIsShown(false)} />}
    </>
  );
};
