'use client';

import { signOut } from '@/components/auth/sign-out';
import { Button } from '@/components/ui/button';
import { EnrolTwoFactor } from './enrol-two-factor';
import type { TwoFactorActions } from './two-factor-actions';

/** For who may do nothing else before two-factor sign-in is set up. */
export const MustEnrol = ({ actions }: { readonly actions: Pick<TwoFactorActions, 'begin' | 'confirm'> }) => (
  <div className="flex flex-col gap-5">
    <div>
      <h1 className="font-semibold text-xl tracking-tight">Set up two-factor sign-in</h1>
      <p className="mt-1 text-fg-2 text-sm">Your role asks for a code of an authenticator besides your password.</p>
    </div>
    <EnrolTwoFactor actions={actions} doneLabel="Go on" onDone={() => window.location.assign('/')} />
    <Button variant="ghost" className="self-start" onClick={() => void signOut()}>
      Sign out
    </Button>
  </div>
);
