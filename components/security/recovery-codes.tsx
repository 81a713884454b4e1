'use client';

import { Button } from '@/components/ui/button';
import { Callout } from '@/components/ui/callout';
import { CopyButton } from '@/components/ui/copy-button';

interface RecoveryCodesListProps {
  readonly codes: readonly string[];
  readonly doneLabel: string;
  readonly onDone: () => void;
}

/** New recovery codes, this once. */
export const RecoveryCodesList = ({ codes, doneLabel, onDone }: RecoveryCodesListProps) => (
  <div className="flex max-w-sm flex-col items-start gap-4">
    <Callout tone="warn" title="Keep these recovery codes">
      Each lets you in once when your authenticator is not at hand. They are not shown again.
    </Callout>
    <div className="flex w-full items-start gap-2 rounded-md border bg-subtle p-3">
      <ul aria-label="Recovery codes" className="grid grow grid-cols-2 gap-x-4 gap-y-1 font-mono text-sm">
        {codes.map((code) => (
          <li key={code} className="whitespace-nowrap">
            {code}
          </li>
        ))}
      </ul>
      <CopyButton text={codes.join('\n')} label="Copy the recovery codes" />
    </div>
    <Button variant="primary" onClick={onDone}>
      {doneLabel}
    </Button>
  </div>
);
