'use client';

import { useQuery } from '@tanstack/react-query';
import { alarmsQuery } from '@/components/live/queries';
import { Callout } from '@/components/ui/callout';
import { lazily } from '@/components/ui/lazily';
import { Panel } from '@/components/ui/panel';
import type { AlarmView, Page } from '@/lib/domain/contract';
import type { AlarmActions } from './alarm-actions';

/** Most of the time there is none. */
const AlarmRow = lazily(async () => (await import('./alarm-row')).AlarmRow);

interface AlarmsPanelProps {
  readonly initial: Page<AlarmView>;
  readonly actions: AlarmActions;
  /** Shows only alarms about these subjects; all where it is left out. */
  readonly about?: (alarm: AlarmView) => boolean;
}

/** Open alarms. There is no panel while there is none. */
export const AlarmsPanel = ({ initial, actions, about = () => true }: AlarmsPanelProps) => {
  const { data, error } = useQuery({ ...alarmsQuery(), initialData: initial });
  const alarms = data.items.filter(about);
  if (error !== null)
    return (
      <Callout tone="warn" role="status" title={error.message}>
        It is not known whether anything is wrong.
      </Callout>
    );
  if (alarms.length === 0) return null;
  return (
    <Panel title={`Alarms (${alarms.length})`} flush>
      <ul aria-live="polite">
        {alarms.map((alarm) => (
          <AlarmRow key={alarm.id} alarm={alarm} actions={actions} />
        ))}
      </ul>
    </Panel>
  );
};
