'use client';

import { useMemo, useState } from 'react';
import { Field } from '@/components/ui/field';
import { Panel } from '@/components/ui/panel';
import { Segmented } from '@/components/ui/segmented';
import { Select } from '@/components/ui/select';
import { Switch } from '@/components/ui/switch';
import type { NoticeTopic, UpdatePreferencesInput } from '@/lib/domain/contract';
import { usePreferences } from './preferences';

const BROWSER = 'browser';

const TOPICS: readonly { readonly topic: NoticeTopic; readonly label: string; readonly note: string }[] = [
  { topic: 'operation', label: 'Operations', note: 'What you asked for has ended, or something went wrong.' },
  { topic: 'alarm', label: 'Alarms', note: 'Clients are in danger, or a person has to decide.' },
  { topic: 'approval', label: 'Approvals', note: 'A policy asks for a change.' },
];

/** Each choice is saved as it is made. */
export const PreferencesForm = () => {
  const { preferences, change } = usePreferences();
  const [underWay, setUnderWay] = useState(0);
  const [isSaved, setIsSaved] = useState(false);
  const { zone, theme, density, muted } = preferences;
  const choose = async (part: UpdatePreferencesInput): Promise<void> => {
    setUnderWay((count) => count + 1);
    setIsSaved(await change(part));
    setUnderWay((count) => count - 1);
  };
  const zones = useMemo(() => {
    const known = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((name) => name !== 'UTC')];
    const listed = zone === null || known.includes(zone) ? known : [zone, ...known];
    return [{ value: BROWSER, label: 'That of this browser' }, ...listed.map((name) => ({ value: name, label: name }))];
  }, [zone]);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-2">
      <Panel title="Appearance">
        <div className="flex flex-col gap-4">
          <Field label="Time zone" hint="Times are shown in it everywhere; pointing at one shows UTC.">
            {(control) => (
              <Select
                {...control}
                value={zone ?? BROWSER}
                onValueChange={(value) => void choose({ zone: value === BROWSER ? null : value })}
                options={zones}
              />
            )}
          </Field>
          <div className="flex flex-col items-start gap-1.5">
            <span className="font-medium text-xs">Theme</span>
            <Segmented
              label="Theme"
              value={theme}
              onValueChange={(value) => void choose({ theme: value })}
              options={[
                { value: 'system', label: 'System' },
                { value: 'light', label: 'Light' },
                { value: 'dark', label: 'Dark' },
              ]}
            />
          </div>
          <div className="flex flex-col items-start gap-1.5">
            <span className="font-medium text-xs">Density of tables</span>
            <Segmented
              label="Density of tables"
              value={density}
              onValueChange={(value) => void choose({ density: value })}
              options={[
                { value: 'comfortable', label: 'Comfortable' },
                { value: 'compact', label: 'Compact' },
              ]}
            />
          </div>
        </div>
      </Panel>
      <Panel
        title="Notifications"
        description="What the bell tells you of. Mails and webhooks are the administrator’s."
      >
        <ul className="flex flex-col gap-3">
          {TOPICS.map(({ topic, label, note }) => (
            <li key={topic} className="flex items-start justify-between gap-4">
              <div>
                <p className="font-medium text-sm">{label}</p>
                <p className="text-fg-2 text-xs">{note}</p>
              </div>
              <Switch
                aria-label={label}
                checked={!muted.includes(topic)}
                onCheckedChange={(on) =>
                  void choose({ muted: on ? muted.filter((other) => other !== topic) : [...muted, topic] })
                }
              />
            </li>
          ))}
        </ul>
      </Panel>
      <p role="status" className="min-h-4 text-fg-2 text-xs lg:col-span-2">
        {underWay > 0 ? 'Saving…' : isSaved && 'Saved'}
      </p>
    </div>
  );
};
