'use client';

import { useQuery } from '@tanstack/react-query';
import { apiGet } from '@/components/live/api';
import { keys } from '@/components/live/keys';
import { formatShape } from '@/components/states/shape-text';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { Page, RevisionView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { REVISIONS_SHOWN } from './limits';

interface RevisionsPanelProps {
  readonly clusterId: string;
  readonly initial: Page<RevisionView>;
}

/** Who wanted what, when and why, newest first. */
export const RevisionsPanel = ({ clusterId, initial }: RevisionsPanelProps) => {
  const { data } = useQuery({
    queryKey: keys.revisions(clusterId),
    queryFn: ({ signal }) =>
      apiGet<Page<RevisionView>>(`/clusters/${clusterId}/revisions`, { limit: REVISIONS_SHOWN }, signal),
    initialData: initial,
  });
  return (
    <Panel title="Requirements over time" flush>
      <ol aria-label="Revisions of the requirements, newest first">
        {data.items.map(({ generation, requirements, author, reason, createdAt }) => (
          <li key={generation} className="flex flex-col gap-0.5 border-b px-4 py-2.5 last:border-0">
            <p className="flex flex-wrap items-baseline justify-between gap-x-3">
              <span className="font-medium text-fg">
                {requirements.nodes} × {formatShape(requirements.shape)}
              </span>
              <span className="text-fg-3 text-xs">generation {generation}</span>
            </p>
            <p className="text-fg-2 text-xs">
              spread {requirements.spread}, {counted(requirements.spares, 'spare')}
            </p>
            <p className="flex min-w-0 gap-1 text-fg-3 text-xs">
              <Time at={createdAt} />
              <span className="truncate">
                · {author}
                {reason !== '' && ` · ${reason}`}
              </span>
            </p>
          </li>
        ))}
      </ol>
    </Panel>
  );
};
