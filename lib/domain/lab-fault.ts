export const LAB_FAULT_KINDS = [
  'crash-vm',
  'crash-application',
  'pause-vm',
  'fill-disk',
  'power-off-host',
  'cut-host',
  'cut-site',
] as const;
/** Harm that may be done to the lab to see what follows. */
export type LabFaultKind = (typeof LAB_FAULT_KINDS)[number];

export const LAB_FAULT_STATES = ['requested', 'active', 'restoring', 'ended', 'failed'] as const;
/** `failed`: it could not be done, and nothing is to be made good. */
export type LabFaultState = (typeof LAB_FAULT_STATES)[number];

export const LAB_CUTS = ['both', 'incoming', 'outgoing'] as const;
export type LabCut = (typeof LAB_CUTS)[number];

export const labFaultCan = {
  restore: (state: LabFaultState): boolean => state === 'active',
} as const;

export const labFaultIs = {
  /** Not over yet: of these there is one of a kind per target. */
  open: (state: LabFaultState): boolean => state === 'requested' || state === 'active' || state === 'restoring',
} as const;

/** What the harm is done to. */
export const labTargetOf = (kind: LabFaultKind): 'vm' | 'host' | 'site' => {
  switch (kind) {
    case 'crash-vm':
    case 'crash-application':
    case 'pause-vm':
    case 'fill-disk':
      return 'vm';
    case 'power-off-host':
    case 'cut-host':
      return 'host';
    case 'cut-site':
      return 'site';
    default:
      return kind satisfies never;
  }
};

/** Whether packets are lost, so that it may be one way only. */
export const isCut = (kind: LabFaultKind): boolean => kind === 'cut-host' || kind === 'cut-site';

/** Whether it lasts until it is made good; a crash is over when it has happened. */
export const lasts = (kind: LabFaultKind): boolean => kind !== 'crash-vm';
