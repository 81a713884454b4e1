'use client';

import { useConnectionState } from '@/components/live/provider';
import { Status } from '@/components/ui/badge';
import { withTooltip } from '@/components/ui/tooltip';

const TEXT = {
  open: ['ok', 'Live', 'Changes appear as they happen.'],
  connecting: ['idle', 'Connecting', 'The page is being connected to the server.'],
  reconnecting: ['warn', 'Reconnecting', 'The connection to the server is interrupted; what you see may be old.'],
} as const;

export const ConnectionIndicator = () => {
  const [tone, word, explanation] = TEXT[useConnectionState()];
  return (
    <button
      type="button"
      aria-live="polite"
      className="cursor-default! rounded-sm text-xs"
      {...withTooltip(explanation)}
    >
      <Status tone={tone} className="text-fg-2">
        {word}
      </Status>
    </button>
  );
};
