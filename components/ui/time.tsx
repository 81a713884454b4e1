'use client';

import { formatRelative, utcText, zonedText } from './time-text';
import { withTooltip } from './tooltip';
import { useNow } from './use-now';
import { useZone } from './zone';

interface TimeProps {
  /** ISO 8601; null shows a dash. */
  readonly at: string | null;
  /** `relative` "3 min ago", `clock` "14:03:22", `full` date and time; all in the viewer's zone, with UTC on hover. */
  readonly format?: 'relative' | 'clock' | 'full';
}

export const Time = ({ at, format = 'relative' }: TimeProps) => {
  const now = useNow();
  const zone = useZone();
  if (at === null) return <span className="text-fg-3">–</span>;
  const date = new Date(at);
  const text =
    now === null ? utcText(date) : format === 'relative' ? formatRelative(date, now) : zonedText(date, format, zone);
  const lines = now === null ? [utcText(date)] : [zonedText(date, 'full', zone), utcText(date)];
  return (
    <time dateTime={at} className="whitespace-nowrap" {...withTooltip(...lines)}>
      {text}
    </time>
  );
};
