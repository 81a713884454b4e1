'use client';

import { useId } from 'react';
import { Checkbox } from '@/components/ui/checkbox';
import { Label } from '@/components/ui/label';
import { NOTIFICATION_TOPICS, type NotificationTopic } from '@/lib/domain/notification/topics';
import { TOPIC_LABELS } from './topic-labels';

interface TopicBoxProps {
  readonly topic: NotificationTopic;
  readonly isOn: boolean;
  readonly onChange: (on: boolean) => void;
}

const TopicBox = ({ topic, isOn, onChange }: TopicBoxProps) => {
  const id = useId();
  return (
    <div className="flex items-center gap-2">
      <Checkbox id={id} checked={isOn} onCheckedChange={onChange} />
      <Label htmlFor={id}>{TOPIC_LABELS[topic]}</Label>
    </div>
  );
};

interface TopicsFieldProps {
  readonly topics: readonly NotificationTopic[];
  readonly onChange: (topics: readonly NotificationTopic[]) => void;
  readonly error: string | undefined;
}

/** Of what a channel tells. */
export const TopicsField = ({ topics, onChange, error }: TopicsFieldProps) => (
  <fieldset className="flex flex-col gap-2">
    <legend className="mb-1.5 font-medium text-fg text-xs">Tell of</legend>
    {NOTIFICATION_TOPICS.map((topic) => (
      <TopicBox
        key={topic}
        topic={topic}
        isOn={topics.includes(topic)}
        onChange={(on) => onChange(on ? [...topics, topic] : topics.filter((t) => t !== topic))}
      />
    ))}
    {error !== undefined && (
      <p role="alert" className="text-bad text-xs">
        {error}
      </p>
    )}
  </fieldset>
);
