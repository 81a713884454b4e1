'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/components/ui/button';
import { ConfirmDialog } from '@/components/ui/confirm-dialog';
import { Field } from '@/components/ui/field';
import { Input } from '@/components/ui/input';
import { Panel } from '@/components/ui/panel';
import { toast } from '@/components/ui/toast';
import type { ClusterView } from '@/lib/domain/contract';
import type { DeleteCluster } from './cluster-actions';

interface DeletePanelProps {
  readonly cluster: ClusterView;
  readonly remove: DeleteCluster;
}

export const DeletePanel = ({ cluster, remove }: DeletePanelProps) => {
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const [reason, setReason] = useState('');
  const confirm = async (): Promise<boolean> => {
    const answer = await remove({ cluster: cluster.id, input: { confirmName: cluster.name, reason } });
    if (answer.ok) router.push(`/operations/${answer.value.operationId}`);
    else toast.error(answer.error.message);
    return answer.ok;
  };
  const isBusy = cluster.activeOperation !== null;
  return (
    <Panel title="Danger zone" className="border-bad-dot/40">
      <div className="flex flex-wrap items-center justify-between gap-3">
        <p className="text-fg-2 text-sm">
          Deletes {cluster.name} with its VMs{cluster.stateful ? ', its volumes and the data on them' : ''}. It cannot
          be taken back.
          {isBusy && <span className="block text-fg-3">Wait until the operation that is under way has ended.</span>}
        </p>
        <Button variant="danger" disabled={isBusy} onClick={() => setOpen(true)}>
          Delete cluster…
        </Button>
      </div>
      <ConfirmDialog
        open={open}
        onOpenChange={setOpen}
        title={`Delete ${cluster.name}?`}
        description="Its address stops answering, and everything it has is destroyed. This cannot be taken back."
        confirmLabel="Delete cluster"
        danger
        typeToConfirm={cluster.name}
        onConfirm={confirm}
      >
        <Field label="Reason" optional>
          {(control) => (
            <Input {...control} value={reason} maxLength={400} onChange={(event) => setReason(event.target.value)} />
          )}
        </Field>
      </ConfirmDialog>
    </Panel>
  );
};
