'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Status } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import type { TwoFactorView } from '@/lib/domain/contract';
import { counted } from '@/lib/domain/counted';
import { CodeForm } from './code-form';
import { EnrolTwoFactor } from './enrol-two-factor';
import { RecoveryCodesList } from './recovery-codes';
import type { TwoFactorActions } from './two-factor-actions';

interface TwoFactorPanelProps {
  readonly state: TwoFactorView;
  readonly actions: TwoFactorActions;
}

type Shown = 'renew' | 'remove' | null;

const CODE_HINT = 'Of your authenticator, or a recovery code.';

const Enabled = ({ state, actions }: TwoFactorPanelProps) => {
  const router = useRouter();
  const [shown, setShown] = useState<Shown>(null);
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const close = (): void => {
    setShown(null);
    setCodes(null);
    router.refresh();
  };
  if (codes !== null) return <RecoveryCodesList codes={codes} doneLabel="I have kept them" onDone={close} />;
  const cancel = <Button onClick={() => setShown(null)}>Cancel</Button>;
  if (shown === 'renew') {
    return (
      <CodeForm
        label="Code"
        hint={CODE_HINT}
        submitLabel="Make new recovery codes"
        send={actions.renew}
        onDone={({ recoveryCodes }) => setCodes(recoveryCodes)}
      >
        {cancel}
      </CodeForm>
    );
  }
  if (shown === 'remove') {
    return (
      <CodeForm
        label="Code"
        hint={CODE_HINT}
        submitLabel="Turn off"
        danger
        send={actions.remove}
        onDone={() => {
          toast.success('Sign-in asks for your password alone');
          close();
        }}
      >
        {cancel}
      </CodeForm>
    );
  }
  return (
    <div className="flex flex-col items-start gap-3">
      <Status tone="ok">on</Status>
      <p className="text-fg-2 text-sm">
        {counted(state.recoveryCodesLeft, 'unused recovery code')}.
        {state.required && ' Your role asks for two-factor sign-in.'}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setShown('renew')}>New recovery codes</Button>
        {!state.required && (
          <Button variant="dangerGhost" onClick={() => setShown('remove')}>
            Turn off
          </Button>
        )}
      </div>
    </div>
  );
};

export const TwoFactorPanel = (props: TwoFactorPanelProps) => {
  const router = useRouter();
  return (
    <Panel title="Two-factor sign-in" description="A code of your authenticator besides your password.">
      {props.state.enabled ? (
        <Enabled {...props} />
      ) : (
        <EnrolTwoFactor actions={props.actions} doneLabel="I have kept them" onDone={() => router.refresh()} />
      )}
    </Panel>
  );
};
