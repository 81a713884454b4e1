import type { CreateRateInput } from '@/lib/domain/contract';

/** Prices that tests of money share. */
export const TEST_RATE: CreateRateInput = {
  costCentre: null,
  effectiveFrom: '2026-01-01',
  currency: 'EUR',
  vcpuHour: '0.01',
  memoryGiBHour: '0.005',
  diskGiBHour: '0.0001',
  volumeGiBHour: '0.0002',
  vipHour: '0.004',
  spareDiscountPercent: '50',
  minimumSeconds: 60,
  taxPercent: '20',
  reason: 'the prices of 2026',
};
