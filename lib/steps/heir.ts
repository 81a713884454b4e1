import type { NodeStatus } from '@/lib/clustering/types';

type Status = Pick<NodeStatus, 'vrrp' | 'proxy' | 'directs'>;

/**
 * Whether a heir would take the VIP and is well; null while it is to be waited for. Null for a member that cannot be asked.
 *
 * It stands for the VIP when its director runs, and leads clients as the holder does when their directors say the same. Where
 * the two differ, connections that are being opened are led elsewhere in their middle: directors tell each other of
 * established ones only. A director differs for some seconds where one of its checks found somebody down, or up again.
 */
export const judgeHeir = (holder: Status | null, heir: Status | null, isLate: boolean): boolean | null => {
  if (heir === null || heir.vrrp === 'fault' || heir.vrrp === 'stopped') return isLate ? false : null;
  if (heir.vrrp === 'master' || heir.proxy === 'down') return false;
  return holder === null || holder.directs === heir.directs || isLate ? true : null;
};
