'use client';

import { Disc3 } from 'lucide-react';
import Link from 'next/link';
import { CopyButton } from '@/components/ui/copy-button';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Time } from '@/components/ui/time';
import type { ImageView } from '@/lib/domain/contract';

const MIB = 1024 * 1024;

const COLUMNS: readonly DataColumn<ImageView>[] = [
  {
    id: 'key',
    header: 'Hash',
    sortBy: (image) => image.key,
    cell: (image) => (
      <span className="flex items-center gap-1">
        <code className="whitespace-nowrap font-mono text-xs">{image.key}</code>
        <CopyButton text={image.key} label={`Copy ${image.key}`} />
      </span>
    ),
  },
  {
    id: 'packages',
    header: 'Made of',
    cell: (image) => (
      <span className="flex min-w-56 max-w-xl flex-col gap-0.5">
        <span className="text-fg-2 text-xs">
          {image.packages.length === 0 ? 'the base system alone' : image.packages.join(', ')}
        </span>
        {image.kernel !== '' && <span className="text-fg-3 text-xs">kernel {image.kernel}</span>}
      </span>
    ),
  },
  {
    id: 'size',
    header: 'Size',
    numeric: true,
    sortBy: (image) => image.sizeBytes,
    cell: (image) => (image.sizeBytes === 0 ? '–' : `${Math.round(image.sizeBytes / MIB)} MiB`),
  },
  {
    id: 'used',
    header: 'In use by',
    sortBy: (image) => image.usedBy.length,
    cell: (image) =>
      image.usedBy.length === 0 ? (
        <span className="text-fg-3">nothing</span>
      ) : (
        <span className="flex min-w-64 flex-wrap gap-x-2 gap-y-0.5">
          {image.usedBy.map(({ id, name }) => (
            <Link key={id} prefetch={false} href={`/vms/${id}`} className="rounded-sm hover:underline">
              {name}
            </Link>
          ))}
        </span>
      ),
  },
  {
    id: 'created',
    header: 'Made',
    sortBy: (image) => image.createdAt ?? '',
    cell: (image) => <Time at={image.createdAt} />,
  },
];

export const ImagesTable = ({ images }: { readonly images: readonly ImageView[] }) => (
  <DataTable
    label="Guest images"
    rows={images}
    columns={COLUMNS}
    rowId={(image) => image.key}
    sortedBy={{ id: 'created', descending: true }}
    empty={
      <EmptyState icon={<Disc3 />} title="No images yet">
        The first is made when Headroom starts, others when a workload has packages of its own.
      </EmptyState>
    }
  />
);
