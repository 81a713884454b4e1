'use client';

import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';
import Link from 'next/link';
import { useState } from 'react';
import { auditQuery, type Filter, firstPage } from '@/components/live/queries';
import { Badge } from '@/components/ui/badge';
import { CopyText } from '@/components/ui/copy-button';
import { Description, DescriptionList } from '@/components/ui/description-list';
import { Sheet } from '@/components/ui/dialog';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { LoadMore } from '@/components/ui/load-more';
import { Panel } from '@/components/ui/panel';
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from '@/components/ui/table';
import { Time } from '@/components/ui/time';
import type { AuditView, Page } from '@/lib/domain/contract';

const EntrySheet = ({ entry, onClose }: { readonly entry: AuditView; readonly onClose: () => void }) => (
  <Sheet open onOpenChange={(open) => !open && onClose()} title={`Entry ${entry.seq}`} description={entry.action}>
    <div className="flex flex-col gap-5">
      <DescriptionList>
        <Description term="When">
          <Time at={entry.at} format="full" />
        </Description>
        <Description term="Who">{entry.actor}</Description>
        <Description term="Subject">
          <Link
            prefetch={false}
            href={`/audit?subject=${encodeURIComponent(entry.subject)}`}
            onClick={onClose}
            className="rounded-sm font-mono text-accent-text text-xs hover:underline"
          >
            {entry.subject}
          </Link>
        </Description>
        <Description term="Reason">{entry.reason === '' ? '–' : entry.reason}</Description>
        <Description term="Hash">
          <CopyText text={entry.hash} label="Copy the hash" className="max-w-full" />
        </Description>
      </DescriptionList>
      <section aria-label="Detail">
        <h3 className="mb-1.5 font-medium text-xs">Detail</h3>
        <pre className="overflow-x-auto whitespace-pre-wrap break-words rounded-md border bg-subtle p-3 font-mono text-xs">
          {JSON.stringify(entry.detail, null, 2)}
        </pre>
      </section>
    </div>
  </Sheet>
);

interface AuditListProps {
  readonly initial: Page<AuditView>;
  readonly subject: string | null;
}

export const AuditList = ({ initial, subject }: AuditListProps) => {
  const filter: Filter = subject === null ? {} : { subject };
  const query = useInfiniteQuery({ ...auditQuery(filter), initialData: firstPage(initial) });
  const [opened, setOpened] = useState<AuditView | null>(null);
  const entries = query.data.pages.flatMap((page) => page.items);
  if (query.error !== null) return <ErrorState message={query.error.message} onRetry={() => void query.refetch()} />;
  return (
    <div className="flex flex-col gap-3">
      {subject !== null && (
        <p className="flex items-center gap-2 text-fg-2 text-sm">
          Only <Badge className="font-mono">{subject}</Badge>
          <Link prefetch={false} href="/audit" className="rounded-sm text-accent-text hover:underline">
            Show all
          </Link>
        </p>
      )}
      <Panel flush>
        {entries.length === 0 ? (
          <EmptyState icon={<ScrollText />} title="No entries">
            Every act of a person, a token or a policy is written here, with who, what and why.
          </EmptyState>
        ) : (
          <Table label="Audit trail">
            <TableHead>
              <TableHeader numeric className="w-16">
                No.
              </TableHeader>
              <TableHeader>When</TableHeader>
              <TableHeader>Action</TableHeader>
              <TableHeader>Subject</TableHeader>
              <TableHeader>Who</TableHeader>
              <TableHeader>Reason</TableHeader>
            </TableHead>
            <TableBody>
              {entries.map((entry) => (
                <TableRow key={entry.seq}>
                  <TableCell numeric>
                    <button
                      type="button"
                      aria-label={`Entry ${entry.seq}: detail`}
                      className="rounded-sm px-1 text-accent-text hover:underline pointer-coarse:py-2"
                      onClick={() => setOpened(entry)}
                    >
                      {entry.seq}
                    </button>
                  </TableCell>
                  <TableCell>
                    <Time at={entry.at} />
                  </TableCell>
                  <TableCell className="whitespace-nowrap font-mono text-xs">{entry.action}</TableCell>
                  <TableCell>
                    <Link
                      prefetch={false}
                      href={`/audit?subject=${encodeURIComponent(entry.subject)}`}
                      className="block max-w-64 truncate rounded-sm font-mono text-xs hover:underline"
                    >
                      {entry.subject}
                    </Link>
                  </TableCell>
                  <TableCell className="text-fg">{entry.actor}</TableCell>
                  <TableCell>
                    <span className="block max-w-72 truncate">{entry.reason === '' ? '–' : entry.reason}</span>
                  </TableCell>
                </TableRow>
              ))}
            </TableBody>
          </Table>
        )}
        <LoadMore query={query} />
      </Panel>
      {opened !== null && <EntrySheet entry={opened} onClose={() => setOpened(null)} />}
    </div>
  );
};
