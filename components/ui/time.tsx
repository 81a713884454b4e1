'use client';

import { useEffect, useState } from 'react';
import { formatRelative, utcText, zonedText } from './time-text';
import { Tooltip } from './tooltip';
import { useZone } from './zone';

interface TimeProps {
  /** ISO 8601; null shows a dash. */
  readonly at: string | null;
  /** `relative` "3 min ago", `clock` "14:03:22", `full` date and time; all in the viewer's zone, with UTC on hover. */
  readonly format?: 'relative' | 'clock' | 'full';
}

const TICK_MS = 10_000;

/** The present, for the viewer; null while the page is not alive yet: server and browser need not agree on zone or time. */
const useNow = (): number | null => {
  const [now, setNow] = useState<number | null>(null);
  useEffect(() => {
    setNow(Date.now());
    const timer = setInterval(() => setNow(Date.now()), TICK_MS);
    return () => clearInterval(timer);
  }, []);
  return now;
};

export const Time = ({ at, format = 'relative' }: TimeProps) => {
  const now = useNow();
  const zone = useZone();
  if (at === null) return <span className="text-fg-3">–</span>;
  const date = new Date(at);
  const text =
    now === null ? utcText(date) : format === 'relative' ? formatRelative(date, now) : zonedText(date, format, zone);
  return (
    <Tooltip
      content={
        <span className="flex flex-col">
          {now !== null && <span>{zonedText(date, 'full', zone)}</span>}
          <span>{utcText(date)}</span>
        </span>
      }
    >
      <time dateTime={at} className="whitespace-nowrap">
        {text}
      </time>
    </Tooltip>
  );
};
