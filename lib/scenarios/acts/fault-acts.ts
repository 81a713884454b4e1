import { CALL_KINDS, type CutOptions, type FailOptions } from '@/lib/sim';
import { parseDurationMs } from '../parse-commands';
import type { Stage } from '../stage';
import type { Act } from './cluster-acts';

const onVm =
  (act: (stage: Stage, vmId: string) => void): Act =>
  async (stage, { words: [name = ''] }) =>
    act(stage, (await stage.vm(name)).id);

const onHost =
  (act: (stage: Stage, hostId: string) => void): Act =>
  async (stage, { words: [host = ''] }) =>
    act(stage, host);

const callOf = (name = '') => {
  const kind = CALL_KINDS.find((known) => known === name);
  if (kind === undefined) throw new Error(`${name} is no call of: ${CALL_KINDS.join(', ')}`);
  return kind;
};

/** Ids by what people call it. */
const subjectOf = async (stage: Stage, name: string | undefined): Promise<{ subject?: string }> =>
  name === undefined ? {} : { subject: name.includes('-') ? (await stage.vm(name)).id : await stage.idOf(name) };

/** What happens to the world by itself. */
export const faultActs: Readonly<Record<string, Act>> = {
  crash: onVm(({ scene }, id) => scene.world.faults.crashVm(id)),
  hang: onVm(({ scene }, id) => scene.world.faults.hangVm(id)),
  unhang: onVm(({ scene }, id) => scene.world.faults.unhangVm(id)),
  'fill-disk': onVm(({ scene }, id) => scene.world.faults.fillDisk(id)),
  'empty-disk': onVm(({ scene }, id) => scene.world.faults.emptyDisk(id)),
  'crash-application': onVm(({ scene }, id) => scene.world.faults.crashApplication(id)),
  'never-drains': onVm(({ scene }, id) => scene.world.faults.setNeverDrains(id, true)),
  'power-off': onHost(({ scene }, id) => scene.world.faults.powerOffHost(id)),
  'power-on': onHost(({ scene }, id) => scene.world.faults.powerOnHost(id)),
  heal: onHost(({ scene }, id) => scene.world.faults.healHost(id)),
  'ignore-fencing': onHost(({ scene }, id) => scene.world.faults.setFenceAcknowledged(id, false)),
  'answer-fencing': onHost(({ scene }, id) => scene.world.faults.setFenceAcknowledged(id, true)),
  cut: async ({ scene }, { words: [host = ''], options }) =>
    scene.world.faults.cutHost(host, {
      traffic: (options.traffic ?? 'both') as NonNullable<CutOptions['traffic']>,
      management: options.management !== 'stays',
      powerController: options.power === 'stays',
    }),
  'cut-site': async ({ scene }, { words: [site = ''], options }) =>
    scene.world.faults.cutSite(site, (options.traffic ?? 'both') as 'both' | 'incoming' | 'outgoing'),
  'heal-site': async ({ scene }, { words: [site = ''] }) => scene.world.faults.healSite(site),
  fail: async (stage, { words: [call], options }) =>
    stage.scene.world.faults.failNext(callOf(call), {
      times: Number(options.times ?? 1),
      when: (options.when ?? 'before') as NonNullable<FailOptions['when']>,
      ...(options.code === undefined ? {} : { code: options.code as NonNullable<FailOptions['code']> }),
      ...(await subjectOf(stage, options.of)),
    }),
  slow: async (stage, { words: [call], options }) =>
    stage.scene.world.faults.slowNext(callOf(call), parseDurationMs(options.by ?? '1s'), {
      times: Number(options.times ?? 1),
      ...(await subjectOf(stage, options.of)),
    }),
  /** A VM and a volume that no database knows. */
  orphan: async ({ scene }, { words: [name = ''], options }) =>
    scene.clock.run(async () => {
      const imageKey = await scene.hypervisor.ensureImage({ packages: [] }, () => undefined);
      const nic = { mac: '02:00:00:00:00:01', address: '10.77.200.1', prefixLength: 16 };
      const shape = { vcpus: 1, memoryMiB: 256, diskGiB: 4 };
      await scene.hypervisor.createVm({ id: name, name, hostId: options.on ?? 'paris-1', shape, imageKey, nic });
      await scene.hypervisor.createVolume({ id: name, sizeGiB: 1 });
    }),
  'clear-calls': async ({ scene }) => scene.world.faults.clearCalls(),
};
