'use client';

import { useQuery } from '@tanstack/react-query';
import { apiGet } from '@/components/live/api';
import { keys } from '@/components/live/keys';
import { formatShape } from '@/components/states/shape-text';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { Page, RevisionView } from '@/lib/domain/contract';
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
      <Table label="Revisions of the requirements">
        <TableHead>
          <TableHeader numeric>Gen.</TableHeader>
          <TableHeader>Requirements</TableHeader>
          <TableHeader>When</TableHeader>
          <TableHeader>Who and why</TableHeader>
        </TableHead>
        <TableBody>
          {data.items.map(({ generation, requirements, author, reason, createdAt }) => (
            <TableRow key={generation}>
              <TableCell numeric>{generation}</TableCell>
              <TableCell>
                <span className="whitespace-nowrap">
                  {requirements.nodes} × {formatShape(requirements.shape)}
                </span>
                <span className="block whitespace-nowrap text-fg-3 text-xs">
                  spread {requirements.spread}
                  {requirements.spares > 0 && `, ${requirements.spares} spare${requirements.spares === 1 ? '' : 's'}`}
                </span>
              </TableCell>
              <TableCell>
                <Time at={createdAt} />
              </TableCell>
              <TableCell>
                <span className="block max-w-56 truncate">{author}</span>
                {reason !== '' && <span className="block max-w-56 truncate text-fg-3 text-xs">{reason}</span>}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </Panel>
  );
};
