import type { ApiClient } from '@/lib/cli/client';
import type { HurtLabInput, LabFaultView } from '@/lib/domain/contract';
import { until } from './until';

const DONE_DEADLINE_MS = 60_000;

const untilState = (client: ApiClient, id: string, isThere: (fault: LabFaultView) => boolean): Promise<LabFaultView> =>
  until('the lab to be hurt or made good', DONE_DEADLINE_MS, async () => {
    const fault = await client.request<LabFaultView>('GET', `/lab/faults/${id}`);
    if (fault.state === 'failed') throw new Error(`${fault.kind} ${fault.target}: ${fault.detail}`);
    return isThere(fault) ? fault : null;
  });

/** Hurts the lab as a person does, and resolves when that is done. */
export const hurt = async (client: ApiClient, input: HurtLabInput): Promise<LabFaultView> => {
  const { id } = await client.request<LabFaultView>('POST', '/lab/faults', { body: { ...input, reason: 'bench' } });
  return untilState(client, id, ({ state }) => state === 'active' || state === 'ended');
};

/** Makes good what was done; fine when it is over. */
export const makeGood = async (client: ApiClient, { id }: LabFaultView): Promise<void> => {
  await client.request('POST', `/lab/faults/${id}/restore`);
  await untilState(client, id, ({ state }) => state === 'ended');
};
