export const ALARM_KINDS = [
  'two-vip-holders',
  'holder-unreached',
  'fence-in-doubt',
  'host-unmanaged',
  'recovery-limit',
  'recovery-blocked',
  'nobody-works',
] as const;
/**
 * `two-vip-holders`: more than one member of a cluster has its VIP. `holder-unreached`: no client
 * reaches the member that has the VIP. `fence-in-doubt`: a host or VM is lost, and it cannot
 * be proven that it no longer acts; a person has to decide. `host-unmanaged`: a host cannot be asked, and its nodes go on
 * serving. `recovery-limit`: a cluster was recovered so often within the hour that Headroom stopped. `recovery-blocked`: a
 * lost node cannot be replaced, as for want of room. `nobody-works`: no node of a cluster that runs its application works.
 */
export type AlarmKind = (typeof ALARM_KINDS)[number];

/** `decide`: nothing goes on until a person acts; `act`: clients are in danger; `watch`: they are not. */
export type AlarmGravity = 'decide' | 'act' | 'watch';

export const gravityOf = (kind: AlarmKind): AlarmGravity => {
  switch (kind) {
    case 'fence-in-doubt':
    case 'recovery-limit':
      return 'decide';
    case 'two-vip-holders':
    case 'holder-unreached':
    case 'recovery-blocked':
    case 'nobody-works':
      return 'act';
    case 'host-unmanaged':
      return 'watch';
    default:
      return kind satisfies never;
  }
};

/** What an alarm is about: `host/paris-1`. */
export const alarmSubject = (noun: 'cluster' | 'host' | 'vm', id: string): string => `${noun}/${id}`;
