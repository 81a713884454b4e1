import type { AlarmKind } from '@/lib/domain/alarm';

const TITLE: Readonly<Record<AlarmKind, string>> = {
  'two-vip-holders': 'Two VIP holders',
  'holder-unreached': 'Clients do not reach the VIP holder',
  'fence-in-doubt': 'Not known whether it still runs',
  'host-unmanaged': 'Cannot be managed',
  'recovery-limit': 'Recovery stopped',
  'recovery-blocked': 'Recovery not possible',
  'nobody-works': 'No node works',
};

/** "Two VIP holders": what is wrong, in few words. */
export const alarmTitle = (kind: AlarmKind): string => TITLE[kind];
