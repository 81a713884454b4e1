'use client';

import { Mail } from 'lucide-react';
import { Button } from '@/components/ui/button';
import type { CostAction } from './cost-actions';
import { TextFormSheet } from './text-form-sheet';
import { wordsOf } from './words-of';

export const SetSchedule = ({ set }: { readonly set: CostAction }) => (
  <TextFormSheet
    title="Send statements by mail"
    description="Closed statements go, with PDF and CSV, to these people on a day of each month. It takes the place of what the cost centre has."
    submitLabel="Save"
    done="Statements will be sent"
    trigger={
      <Button>
        <Mail aria-hidden /> Send by mail
      </Button>
    }
    fields={[
      { name: 'recipients', label: 'To', hint: 'E-mail addresses, separated by commas.' },
      {
        name: 'dayOfMonth',
        label: 'Day of the month after',
        initial: '3',
        hint: '1 to 28, UTC. A month that is closed later is sent when it is closed.',
      },
      { name: 'costCentre', label: 'Cost centre', optional: true, hint: 'Empty: all that have none of their own.' },
    ]}
    submit={({ recipients = '', dayOfMonth = '', costCentre = '' }) =>
      set({
        recipients: wordsOf(recipients),
        dayOfMonth: Number(dayOfMonth),
        costCentre: costCentre === '' ? null : costCentre,
      })
    }
  />
);
