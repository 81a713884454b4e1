import type { Meter } from '@/lib/domain/pricing/price';
import type { Tier } from '@/lib/domain/usage/types';

export const TIER_TEXT: Readonly<Record<Tier, string>> = {
  service: 'serving',
  overlap: 'old and new together',
  spare: 'spare',
  volume: 'data volume',
  vip: 'virtual address',
};

export const METER_TEXT: Readonly<Record<Meter, string>> = {
  vcpu: 'vCPU',
  memory: 'Memory',
  disk: 'Disk',
  volume: 'Volume',
  vip: 'Address',
};
