'use client';

import { useQuery } from '@tanstack/react-query';
import { Server } from 'lucide-react';
import { useRef } from 'react';
import { overviewQuery } from '@/components/live/queries';
import { EmptyState } from '@/components/ui/empty-state';
import { ErrorState } from '@/components/ui/error-state';
import { Panel } from '@/components/ui/panel';
import { Time } from '@/components/ui/time';
import type { MapHost, OverviewView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { groupBySite, type SiteSummary } from './group-by-site';
import { HostCard, HostTile } from './host-marks';
import { MovementArcs } from './movement-arcs';
import { useMapChanges } from './use-map-changes';
import { useMapPoints, useVipFlight } from './use-map-geometry';

/** Of more hosts than these only those have a card on which something is to be seen; the others are small squares. */
const CARDS_MAX = 24;

const isCalm = (host: MapHost): boolean => host.state === 'up' && host.vms.length === 0;

const Site = ({ site, isLarge }: { readonly site: SiteSummary; readonly isLarge: boolean }) => {
  const cards = isLarge ? site.hosts.filter((host) => !isCalm(host)) : site.hosts;
  const tiles = isLarge ? site.hosts.filter(isCalm) : [];
  return (
    <section aria-label={site.name} className="min-w-0 rounded-md border bg-canvas">
      <h3 className="flex items-baseline justify-between gap-2 border-b px-3 py-2 font-medium text-fg text-xs">
        {site.name}
        <span className="font-normal text-fg-3">{counted(site.hosts.length, 'host')}</span>
      </h3>
      {cards.length > 0 && (
        <div className="grid gap-px rounded-b-md bg-line sm:grid-cols-2 [&>*:last-child]:rounded-br-md [&>*:nth-last-child(2)]:sm:rounded-bl-md [&>*]:bg-surface">
          {cards.map((host) => (
            <HostCard key={host.id} host={host} />
          ))}
        </div>
      )}
      {tiles.length > 0 && (
        <ul aria-label={`Hosts of ${site.name}`} className="flex flex-wrap gap-1 p-3">
          {tiles.map((host) => (
            <HostTile key={host.id} host={host} />
          ))}
        </ul>
      )}
    </section>
  );
};

const Changes = ({ hosts }: { readonly hosts: readonly MapHost[] }) => {
  const changes = useMapChanges(hosts);
  return (
    <div className="border-t px-4 py-2.5">
      <ul aria-label="What just happened" aria-live="polite" className="flex flex-col gap-0.5 text-xs">
        {changes.length === 0 && <li className="text-fg-3">Quiet. VIPs and nodes that move are told here.</li>}
        {changes.map(({ key, at, text }) => (
          <li key={key} className="flex gap-2 text-fg-2">
            <span className="shrink-0 text-fg-3">
              <Time at={at} format="clock" />
            </span>
            <span className="min-w-0">{text}</span>
          </li>
        ))}
      </ul>
    </div>
  );
};

/** Where everything runs, and how it moves: sites, hosts and VMs, drawn anew with every change. */
export const SitesMap = ({ initial }: { readonly initial: OverviewView }) => {
  const { data, error, refetch } = useQuery({ ...overviewQuery(), initialData: initial });
  const map = useRef<HTMLDivElement>(null);
  const points = useMapPoints(map, data, data.movements.length > 0);
  useVipFlight(map, data);
  return (
    <Panel title="Map" description="Sites, hosts and VMs as they are now" flush>
      {error !== null && <ErrorState message={error.message} onRetry={() => void refetch()} />}
      {data.hosts.length === 0 ? (
        <EmptyState icon={<Server />} title="No hosts yet">
          The orchestrator reports hosts when it has started.
        </EmptyState>
      ) : (
        <>
          <div ref={map} className="relative grid items-start gap-4 p-4 lg:grid-cols-2">
            {groupBySite(data.hosts).map((site) => (
              <Site key={site.name} site={site} isLarge={data.hosts.length > CARDS_MAX} />
            ))}
            <MovementArcs movements={data.movements} points={points} />
          </div>
          <Changes hosts={data.hosts} />
        </>
      )}
    </Panel>
  );
};
