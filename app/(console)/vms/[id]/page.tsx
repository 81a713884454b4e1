import type { Metadata } from 'next';
import { Page } from '@/components/ui/page-header';
import type { VmActions } from '@/components/vms/vm-actions';
import { VmDetail } from '@/components/vms/vm-detail';
import { pageContext } from '@/lib/auth/require-actor';
import { type Role, roleCan } from '@/lib/domain/role';
import { getVm } from '@/lib/usecases/vms/vms';
import { orNotFound } from '../../or-not-found';
import { closeVmConsole, openVmConsole, previewRestart, readLog, startRestart } from '../actions';

interface VmPageProps {
  readonly params: Promise<{ readonly id: string }>;
}

export const generateMetadata = async ({ params }: VmPageProps): Promise<Metadata> => {
  const vm = await orNotFound(getVm(await pageContext(), decodeURIComponent((await params).id)));
  return { title: vm.name };
};

const actionsFor = (role: Role): VmActions => ({
  openConsole: roleCan(role, 'vm.console') ? openVmConsole : null,
  closeConsole: closeVmConsole,
  canType: roleCan(role, 'vm.type'),
  readLog: roleCan(role, 'vm.logs') ? readLog : null,
  restart: roleCan(role, 'vm.restart') ? { preview: previewRestart, start: startRestart } : null,
});

export default async function VmPage({ params }: VmPageProps) {
  const { id } = await params;
  const context = await pageContext();
  const vm = await orNotFound(getVm(context, decodeURIComponent(id)));
  return (
    <Page>
      <VmDetail initial={vm} actions={actionsFor(context.actor.role)} />
    </Page>
  );
}
