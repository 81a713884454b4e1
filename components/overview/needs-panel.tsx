'use client';

import { useQuery } from '@tanstack/react-query';
import { ChevronRight, CircleCheck } from 'lucide-react';
import Link from 'next/link';
import { overviewQuery } from '@/components/live/queries';
import { Status, type Tone } from '@/components/ui/badge';
import { Panel } from '@/components/ui/panel';
import type { OverviewView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';

interface Need {
  readonly href: string;
  readonly tone: Tone;
  readonly text: string;
}

/** The gravest first; nothing that is zero. */
const needsOf = ({ attention }: OverviewView): readonly Need[] => {
  const { alarms, stuck, approvals } = attention;
  const all: readonly (Need & { readonly n: number })[] = [
    { n: alarms, href: '#alarms', tone: 'bad', text: counted(alarms, 'alarm is open', 'alarms are open') },
    {
      n: stuck,
      href: '/operations?state=stuck',
      tone: 'bad',
      text: counted(stuck, 'operation is stuck', 'operations are stuck'),
    },
    {
      n: approvals,
      href: '/approvals',
      tone: 'warn',
      text: counted(approvals, 'change waits for approval', 'changes wait for approval'),
    },
  ];
  return all.filter(({ n }) => n > 0);
};

/** What waits for people. */
export const NeedsPanel = ({ initial }: { readonly initial: OverviewView }) => {
  const { data } = useQuery({ ...overviewQuery(), initialData: initial });
  const needs = needsOf(data);
  return (
    <Panel title="Needs you now" flush>
      {needs.length === 0 ? (
        <p className="flex items-center gap-2 px-4 py-4 text-fg-2 text-sm">
          <CircleCheck aria-hidden className="size-4 text-ok" /> Nothing waits for a person.
        </p>
      ) : (
        <ul>
          {needs.map(({ href, tone, text }) => (
            <li key={href} className="border-b last:border-0">
              <Link
                prefetch={false}
                href={href}
                className="flex min-h-11 items-center justify-between gap-2 px-4 py-2 text-sm hover:bg-subtle/60"
              >
                <Status tone={tone}>{text}</Status>
                <ChevronRight aria-hidden className="size-4 text-fg-3" />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
};
