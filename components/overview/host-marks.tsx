import Link from 'next/link';
import { formatMemoryUse } from '@/components/states/shape-text';
import { HostStatus } from '@/components/states/states';
import { cn } from '@/components/ui/cn';
import { Meter } from '@/components/ui/meter';
import type { MapHost } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { MapVmMark } from './map-vm';

/** A host with its capacity and its VMs. */
export const HostCard = ({ host }: { readonly host: MapHost }) => {
  const others = host.vmCount - host.vms.length;
  return (
    <article
      aria-label={host.name}
      className={cn('flex min-w-0 flex-col gap-3 p-4', host.state !== 'up' && 'bg-subtle')}
    >
      <div className="flex items-center justify-between gap-2">
        <Link
          prefetch={false}
          href={`/hosts/${host.name}`}
          className="truncate rounded-sm font-medium text-fg text-sm hover:underline"
        >
          {host.name}
        </Link>
        <span className="text-xs">
          <HostStatus state={host.state} />
        </span>
      </div>
      <div className="grid grid-cols-2 gap-4">
        <Meter
          label="vCPU"
          used={host.used.vcpus}
          total={host.capacity.vcpus}
          text={`${host.used.vcpus} of ${host.capacity.vcpus}`}
        />
        <Meter
          label="Memory"
          used={host.used.memoryMiB}
          total={host.capacity.memoryMiB}
          text={formatMemoryUse(host.used.memoryMiB, host.capacity.memoryMiB)}
        />
      </div>
      {host.vms.length > 0 && (
        <ul aria-label={`VMs on ${host.name}`} className="flex flex-wrap gap-1">
          {host.vms.map((vm) => (
            <MapVmMark key={vm.id} vm={vm} />
          ))}
        </ul>
      )}
      {others > 0 && (
        <p className="text-fg-3 text-xs">
          {host.vms.length > 0 ? `and ${counted(others, 'VM')} more` : counted(others, 'VM')}
        </p>
      )}
      {host.vmCount === 0 && <p className="text-fg-3 text-xs">No VMs</p>}
    </article>
  );
};

/** 0–1: what is scarcer of processors and memory. */
const takenOf = ({ used, capacity }: MapHost): number =>
  Math.min(1, Math.max(used.vcpus / Math.max(1, capacity.vcpus), used.memoryMiB / Math.max(1, capacity.memoryMiB)));

/** A host as a small square, filled as far as it is: for sites with many. */
export const HostTile = ({ host }: { readonly host: MapHost }) => {
  const taken = takenOf(host);
  const percent = Math.round(taken * 100);
  const what = `${host.name}: ${host.state}, ${percent} % taken, ${counted(host.vmCount, 'VM')}`;
  return (
    <li>
      <Link
        prefetch={false}
        href={`/hosts/${host.name}`}
        aria-label={what}
        title={what}
        className={cn(
          'relative block size-7 overflow-hidden rounded-sm border hover:border-fg-2 pointer-coarse:size-9',
          host.state === 'up'
            ? 'bg-subtle'
            : host.state === 'maintenance'
              ? 'border-warn-dot bg-warn-soft'
              : 'border-bad-dot bg-bad-soft',
        )}
      >
        <span
          className={cn('absolute inset-x-0 bottom-0', taken >= 0.9 ? 'bg-warn-dot' : 'bg-ok-dot/70')}
          style={{ height: `${percent}%` }}
        />
      </Link>
    </li>
  );
};
