import { Badge, type Tone } from '@/components/ui/badge';
import { Time } from '@/components/ui/time';
import type { DeliveryView } from '@/lib/domain/contract';

const STATE: Readonly<Record<DeliveryView['state'], Tone>> = { pending: 'busy', sent: 'ok', failed: 'bad' };

/** What was sent to whom, and what became of it. */
export const DeliveriesList = ({ deliveries }: { readonly deliveries: readonly DeliveryView[] }) => {
  if (deliveries.length === 0) return <p className="p-4 text-fg-3 text-sm">Nothing has been sent yet.</p>;
  return (
    <ul>
      {deliveries.map(({ id, state, title, to, channel, attempts, lastError, createdAt, nextAttemptAt }) => (
        <li
          key={id}
          className="grid gap-x-4 gap-y-0.5 border-b px-4 py-2.5 text-sm last:border-b-0 sm:grid-cols-[5rem_1fr_auto]"
        >
          <span>
            <Badge tone={STATE[state]}>{state}</Badge>
          </span>
          <span className="min-w-0">
            <span className="block break-words text-fg">{title}</span>
            <span className="block break-words text-fg-3 text-xs">
              {channel.name}: {to}
              {attempts > 1 && `, ${attempts} attempts`}
              {lastError !== null && ` · ${lastError}`}
              {nextAttemptAt !== null && attempts > 0 && (
                <>
                  {' '}
                  · again <Time at={nextAttemptAt} />
                </>
              )}
            </span>
          </span>
          <span className="text-fg-3 text-xs">
            <Time at={createdAt} />
          </span>
        </li>
      ))}
    </ul>
  );
};
