'use client';

import { useQuery } from '@tanstack/react-query';
import { overviewQuery } from '@/components/live/queries';
import { formatMemoryUse, formatShape } from '@/components/states/shape-text';
import { HostStatus } from '@/components/states/states';
import { Badge } from '@/components/ui/badge';
import { ErrorState } from '@/components/ui/error-state';
import { Meter } from '@/components/ui/meter';
import { Skeleton } from '@/components/ui/skeleton';
import type { PlanView } from '@/lib/domain/contract';
import type { Shape } from '@/lib/domain/shape';
import { fitsOf, type HostFit } from './fits';

const HOSTS_SHOWN = 6;

const roomText = ({ host, room }: HostFit): string => {
  if (host.state !== 'up') return 'takes no new VMs';
  return room === 0 ? 'no room for one' : `room for ${room}`;
};

const HostRow = ({ fit }: { readonly fit: HostFit }) => {
  const { host, comes, goes, planned } = fit;
  return (
    <li className="flex min-w-0 flex-col gap-2 rounded-md border p-3">
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1 text-xs">
        <span className="font-medium text-fg">
          {host.name} <span className="font-normal text-fg-3">{host.site}</span>
        </span>
        {host.state === 'up' ? <span className="text-fg-3">{roomText(fit)}</span> : <HostStatus state={host.state} />}
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Meter
          label="vCPU"
          used={host.used.vcpus}
          total={host.capacity.vcpus}
          planned={planned.vcpus}
          text={`${host.used.vcpus}${planned.vcpus > 0 ? ` + ${planned.vcpus}` : ''} of ${host.capacity.vcpus}`}
        />
        <Meter
          label="Memory"
          used={host.used.memoryMiB}
          total={host.capacity.memoryMiB}
          planned={planned.memoryMiB}
          text={formatMemoryUse(host.used.memoryMiB + planned.memoryMiB, host.capacity.memoryMiB)}
        />
      </div>
      {comes.length + goes.length > 0 && (
        <p className="flex flex-wrap gap-1">
          {comes.map((name) => (
            <Badge key={name} tone="busy">
              + {name}
            </Badge>
          ))}
          {goes.map((name) => (
            <Badge key={name}>− {name}</Badge>
          ))}
        </p>
      )}
    </li>
  );
};

interface FitsWhereProps {
  readonly shape: Shape;
  readonly plan: PlanView | null;
}

/** Which hosts have room for nodes of this shape, and what the plan puts where. */
export const FitsWhere = ({ shape, plan }: FitsWhereProps) => {
  const { data, error, refetch } = useQuery(overviewQuery());
  if (data === undefined && error !== null) {
    return <ErrorState message={error.message} onRetry={() => void refetch()} />;
  }
  if (data === undefined) return <Skeleton className="h-24" />;
  const fits = fitsOf(data.hosts, shape, plan);
  const total = fits.reduce((sum, { room }) => sum + room, 0);
  const hidden = fits.length - HOSTS_SHOWN;
  return (
    <div className="flex flex-col gap-2">
      <p className="text-fg-2 text-xs">
        {total === 0 ? 'No host has room for' : `There is room for ${total} more`} VMs of {formatShape(shape)}.
      </p>
      <ul aria-label="Hosts" className="grid gap-2 sm:grid-cols-2">
        {fits.slice(0, HOSTS_SHOWN).map((fit) => (
          <HostRow key={fit.host.id} fit={fit} />
        ))}
      </ul>
      {hidden > 0 && <p className="text-fg-3 text-xs">and {hidden} more hosts</p>}
    </div>
  );
};
