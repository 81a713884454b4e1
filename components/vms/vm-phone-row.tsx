import { PhoneRow } from '@/components/lists/phone-row';
import { formatShape } from '@/components/states/shape-text';
import { VmStatus } from '@/components/states/states';
import type { VmView } from '@/lib/domain/contract';
import { VmName } from './vm-columns';

export const VmPhoneRow = ({ vm }: { readonly vm: VmView }) => (
  <PhoneRow title={<VmName vm={vm} />} end={<VmStatus state={vm.state} />}>
    {vm.cluster?.name ?? 'of no cluster'} · {vm.host} in {vm.site} · {formatShape(vm.shape)}
    <span className="block font-mono">{vm.address}</span>
  </PhoneRow>
);
