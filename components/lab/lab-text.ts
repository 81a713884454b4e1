import type { LabFaultView } from '@/lib/domain/contract';
import type { LabCut, LabFaultKind } from '@/lib/domain/lab-fault';

interface KindText {
  readonly label: string;
  /** What it does, and what to expect of it. */
  readonly hint: string;
}

export const KIND_TEXT: Readonly<Record<LabFaultKind, KindText>> = {
  'crash-vm': {
    label: 'Crash a VM',
    hint: 'Its process ends at once. The others serve on, and the node is replaced.',
  },
  'crash-application': {
    label: 'Crash an application',
    hint: 'It ends on its node and does not come back. The others serve on; after a minute the node is replaced.',
  },
  'pause-vm': {
    label: 'Pause a VM',
    hint: 'It stops computing without ending. After half a minute without a sign of life it is fenced and replaced.',
  },
  'fill-disk': {
    label: 'Fill a disk',
    hint: 'No room is left on the VM’s disk and its data volume.',
  },
  'power-off-host': {
    label: 'Power off a host',
    hint: 'Every VM on it ends at once. That it is off can be proven, so its nodes are replaced elsewhere.',
  },
  'cut-host': {
    label: 'Cut a host off',
    hint: 'It goes on and cannot be asked, so nothing proves what it does: you will be asked to decide.',
  },
  'cut-site': {
    label: 'Cut a site off',
    hint: 'All of its hosts go on and cannot be asked. A cluster that is spread over sites serves on.',
  },
};

export const CUT_TEXT: Readonly<Record<LabCut, string>> = {
  both: 'Both ways',
  incoming: 'What it receives',
  outgoing: 'What it sends',
};

const NOW: Readonly<Record<LabFaultKind, string>> = {
  'crash-vm': 'was crashed',
  'crash-application': 'has lost its application',
  'pause-vm': 'is paused',
  'fill-disk': 'has a full disk',
  'power-off-host': 'is powered off',
  'cut-host': 'is cut off',
  'cut-site': 'is cut off',
};

/** "paris-1 is cut off (outgoing)" */
export const faultText = ({ kind, target, direction }: LabFaultView): string =>
  `${target} ${NOW[kind]}${direction === null || direction === 'both' ? '' : ` (${direction})`}`;
