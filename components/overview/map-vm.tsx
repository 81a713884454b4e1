import Link from 'next/link';
import { formatShape } from '@/components/states/shape-text';
import { cn } from '@/components/ui/cn';
import type { MapVm } from '@/lib/domain/contract';

interface Look {
  readonly dot: string;
  readonly box: string;
  /** Said beside the name while it is not the usual state. */
  readonly word: string | null;
}

const LOOK: Readonly<Record<MapVm['state'], Look>> = {
  starting: { dot: 'bg-accent', box: 'border-dashed border-accent/60', word: 'starting' },
  joining: { dot: 'bg-accent', box: 'border-accent bg-accent-soft', word: 'joining' },
  active: { dot: 'bg-ok-dot', box: 'bg-subtle', word: null },
  draining: { dot: 'bg-warn-dot', box: 'border-warn-dot bg-warn-soft', word: 'draining' },
  left: { dot: 'bg-idle-dot', box: 'border-dashed opacity-70', word: 'left' },
  leaving: { dot: 'bg-idle-dot', box: 'border-dashed opacity-70', word: 'leaving' },
  failed: { dot: 'bg-bad-dot', box: 'border-bad-dot bg-bad-soft', word: 'failed' },
  spare: { dot: 'border border-control', box: 'border-dashed', word: 'spare' },
};

const UNWELL: Look = { ...LOOK.active, dot: 'bg-warn-dot', box: 'border-warn-dot bg-warn-soft', word: null };

/** A node that serves but is not well says so. */
const lookOf = ({ state, verdict }: MapVm): Look => {
  if (state !== 'active' || verdict === null || verdict === 'healthy') return LOOK[state];
  return verdict === 'lost' ? { ...LOOK.failed, word: 'lost' } : { ...UNWELL, word: verdict };
};

/** A VM on the map: what it is doing, and whether it holds its cluster's VIP. */
export const MapVmMark = ({ vm }: { readonly vm: MapVm }) => {
  const { dot, box, word } = lookOf(vm);
  return (
    <li className="min-w-0 animate-in">
      <Link
        prefetch={false}
        href={vm.cluster === null ? '/vms' : `/clusters/${vm.cluster}`}
        title={`${vm.name}: ${word ?? vm.state}, ${formatShape(vm)}${vm.vip ? `, holds the VIP of ${vm.cluster}` : ''}`}
        data-map-vm={vm.name}
        className={cn(
          'flex h-6 items-center gap-1.5 rounded-sm border px-1.5 text-fg-2 text-xs transition-colors duration-500 hover:border-line-strong hover:text-fg pointer-coarse:h-8',
          box,
        )}
      >
        <span aria-hidden className={cn('size-1.5 shrink-0 rounded-full', dot)} />
        <span className="truncate text-fg">{vm.name}</span>
        {word !== null && <span className="shrink-0 text-2xs">{word}</span>}
        {vm.vip && (
          <span
            data-map-vip={vm.cluster ?? ''}
            className="relative z-20 shrink-0 rounded-sm bg-accent px-1 font-semibold text-2xs text-accent-fg leading-4"
          >
            VIP
          </span>
        )}
      </Link>
    </li>
  );
};
