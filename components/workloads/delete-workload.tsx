'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { toast } from '@/components/ui/toast';
import type { WorkloadActions } from './workload-actions';

interface DeleteWorkloadProps {
  readonly name: string;
  readonly isUsed: boolean;
  readonly remove: WorkloadActions['remove'];
}

export const DeleteWorkload = ({ name, isUsed, remove }: DeleteWorkloadProps) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const confirm = async (): Promise<boolean> => {
    const answer = await remove(name);
    if (answer.ok) router.push('/workloads');
    else toast.error(answer.error.message);
    return answer.ok;
  };
  return (
    <>
      <Button variant="dangerGhost" disabled={isUsed} onClick={() => setOpen(true)}>
        Delete workload…
      </Button>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${name}?`}
        description="Its definition goes. It is kept when a cluster ever ran it: what that cluster was stays readable."
        confirmLabel="Delete workload"
        danger
        onConfirm={confirm}
      />
    </>
  );
};
