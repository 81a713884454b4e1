'use client';

import { CloudAlert } from 'lucide-react';
import { Button } from './button';
import { EmptyState } from './empty-state';

interface ErrorStateProps {
  readonly title?: string;
  /** The public message of the error. */
  readonly message: string;
  readonly onRetry?: () => void;
  readonly className?: string;
}

export const ErrorState = ({ title = 'This could not be loaded', message, onRetry, className }: ErrorStateProps) => (
  <div role="alert">
    <EmptyState
      icon={<CloudAlert className="text-bad" />}
      title={title}
      action={onRetry === undefined ? undefined : <Button onClick={onRetry}>Try again</Button>}
      {...(className === undefined ? {} : { className })}
    >
      {message}
    </EmptyState>
  </div>
);
