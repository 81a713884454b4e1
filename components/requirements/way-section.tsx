'use client';

import { Field } from '@/components/ui/field';
import { Select } from '@/components/ui/select';
import type { PlanView } from '@/lib/domain/contract';
import { FAILOVER_MODES, type FailoverMode } from '@/lib/domain/requirements';
import type { SectionProps } from './change-request';
import { slotsOf, successorsOf } from './pairing';
import { PairingBoard } from './pairing-board';

const MODE: Readonly<Record<FailoverMode, { readonly label: string; readonly description: string }>> = {
  cluster: { label: 'Cluster', description: 'Drain, hand the VIP over; nobody notices.' },
  shutdown: { label: 'Shutdown', description: 'Power the old VM down; health checks do the rest.' },
  move: { label: 'Move', description: 'Stop the application, hand its volume over, start it; requests wait.' },
};

const ANYWHERE = '*';

interface WaySectionProps extends SectionProps {
  readonly sites: readonly string[];
  /** The newest plan; null while there is none. */
  readonly plan: PlanView | null;
}

/** How the work is moved: mode, place, and who succeeds whom. */
export const WaySection = ({ cluster, sites, form, errors, change, plan }: WaySectionProps) => {
  const slots = slotsOf(cluster, form.pairing, plan);
  return (
    <>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Failover mode" error={errors.mode} hint={MODE[form.mode].description}>
          {(control) => (
            <Select
              {...control}
              value={form.mode}
              onValueChange={(value) => {
                const mode = FAILOVER_MODES.find((known) => known === value);
                if (mode !== undefined) change({ mode });
              }}
              options={FAILOVER_MODES.map((mode) => ({ value: mode, ...MODE[mode] }))}
            />
          )}
        </Field>
        <Field label="New nodes go to" error={errors.site}>
          {(control) => (
            <Select
              {...control}
              value={form.site ?? ANYWHERE}
              onValueChange={(site) => change({ site: site === ANYWHERE ? null : site })}
              options={[{ value: ANYWHERE, label: 'Any site' }, ...sites.map((site) => ({ value: site, label: site }))]}
            />
          )}
        </Field>
      </div>
      {cluster.stateful && form.mode !== 'move' && (
        <p className="text-fg-3 text-xs">{cluster.name} keeps data on a volume, which only Move hands over.</p>
      )}
      <div className="flex flex-col gap-1.5">
        <h4 className="font-medium text-fg text-xs">
          Pairing <span className="font-normal text-fg-3">who hands over to whom</span>
        </h4>
        {slots.length === 0 ? (
          <p className="text-fg-3 text-xs">No node goes, so none hands over.</p>
        ) : (
          <PairingBoard
            slots={slots}
            successors={successorsOf(cluster, form.nodes)}
            pairing={form.pairing}
            onChange={(pairing) => change({ pairing })}
            error={errors.pairing}
          />
        )}
      </div>
    </>
  );
};
