import { utcText, zonedText } from '@/components/ui/time-text';
import { useZone } from '@/components/ui/zone';

interface MomentProps {
  /** Milliseconds since 1970. */
  readonly ms: number;
  readonly format?: 'clock' | 'full';
}

/** A moment of a series in the viewer's zone, with UTC on hover. Of many at once: it keeps no clock of its own. */
export const Moment = ({ ms, format = 'clock' }: MomentProps) => {
  const zone = useZone();
  const date = new Date(ms);
  return (
    <time dateTime={date.toISOString()} title={utcText(date)} className="whitespace-nowrap">
      {zonedText(date, format, zone)}
    </time>
  );
};
