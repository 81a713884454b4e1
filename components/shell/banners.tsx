'use client';

import { useQuery } from '@tanstack/react-query';
import { FlaskConical, TriangleAlert } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { faultText } from '@/components/lab/lab-text';
import { labQuery, statusQuery } from '@/components/live/queries';
import { cn } from '@/components/ui/cn';
import type { StatusView } from '@/lib/domain/contract';
import { labFaultIs } from '@/lib/domain/lab-fault';

interface BannerProps {
  readonly tone: 'warn' | 'info';
  readonly icon: ReactNode;
  readonly children: ReactNode;
}

const Banner = ({ tone, icon, children }: BannerProps) => (
  <div
    className={cn(
      'flex items-start gap-2 border-b px-4 py-1.5 text-xs sm:px-6 lg:px-8 [&_svg]:mt-0.5 [&_svg]:size-3.5 [&_svg]:shrink-0',
      tone === 'warn' ? 'bg-warn-soft text-warn' : 'bg-subtle text-fg-2',
    )}
  >
    {icon}
    <p>{children}</p>
  </div>
);

/** Harm that was done on purpose and lasts, so that nobody takes it for a real one. */
const RehearsalBanner = () => {
  const { data } = useQuery(labQuery());
  const lasting = (data?.items ?? []).filter(({ state }) => labFaultIs.open(state));
  if (lasting.length === 0) return null;
  return (
    <Banner tone="warn" icon={<FlaskConical aria-hidden />}>
      <Link prefetch={false} href="/rehearsal" className="rounded-sm hover:underline">
        Rehearsal under way: {lasting.map(faultText).join(', ')}.
      </Link>
    </Banner>
  );
};

/** What holds for the whole installation and everybody has to know. */
export const Banners = ({ initial }: { readonly initial: StatusView }) => {
  const { data } = useQuery({ ...statusQuery(), initialData: initial });
  return (
    <div role="status">
      {data.hypervisor === 'simulated' && (
        <Banner tone="info" icon={<FlaskConical aria-hidden />}>
          Simulated hypervisor: no real VMs.
        </Banner>
      )}
      {!data.orchestrator.alive && (
        <Banner tone="warn" icon={<TriangleAlert aria-hidden />}>
          {data.orchestrator.holder === null
            ? 'The orchestrator has not started yet. It may be preparing the guest image; what you ask for begins once it is there.'
            : 'The orchestrator is not at work. Clusters keep serving; what you ask for begins once it is back.'}
        </Banner>
      )}
      <RehearsalBanner />
    </div>
  );
};
