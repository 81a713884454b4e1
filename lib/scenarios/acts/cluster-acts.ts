import {
  changeRequirementsSchema,
  createClusterSchema,
  deleteClusterSchema,
  failoverSchema,
  loadInputSchema,
} from '@/lib/domain/contract';
import { changeRequirements } from '@/lib/usecases/clusters/change-requirements';
import { createCluster } from '@/lib/usecases/clusters/create-cluster';
import { deleteCluster } from '@/lib/usecases/clusters/delete-cluster';
import { failover } from '@/lib/usecases/clusters/failover';
import { recoverCluster } from '@/lib/usecases/clusters/recover-cluster';
import { setLoad } from '@/lib/usecases/clusters/set-load';
import { cancelOperation } from '@/lib/usecases/operations/cancel-operation';
import { retryOperation } from '@/lib/usecases/operations/retry-operation';
import type { Command } from '../parse-commands';
import type { Stage } from '../stage';

export type Act = (stage: Stage, command: Command) => Promise<unknown>;

const numberOf = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));
const listOf = (text: string | undefined): readonly string[] | undefined => text?.split(',');
const defined = (fields: object): object =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));

const shapeOf = ({ vcpus, memory }: Command['options']) =>
  vcpus === undefined && memory === undefined
    ? undefined
    : { vcpus: Number(vcpus ?? 1), memoryMiB: Number(memory ?? 256) };

/** The operation of a cluster that was accepted last. */
const lastOperation = async (stage: Stage, cluster: string): Promise<string> => {
  const operation = await stage.scene.db.operation.findFirstOrThrow({
    where: { cluster: { name: cluster } },
    orderBy: { createdAt: 'desc' },
  });
  return operation.id;
};

export const clusterActs: Readonly<Record<string, Act>> = {
  create: (stage, { words: [name], options }) =>
    createCluster(
      stage.as(options.as),
      createClusterSchema.parse(
        defined({
          name,
          workload: options.workload ?? 'web',
          requirements: defined({
            nodes: Number(options.nodes ?? 2),
            shape: shapeOf(options) ?? { vcpus: 1, memoryMiB: 256 },
            spread: options.spread,
            spares: numberOf(options.spares),
          }),
          hosts: listOf(options.hosts),
          reason: options.reason,
        }),
      ),
    ),
  change: (stage, { words: [name = ''], options }) =>
    changeRequirements(
      stage.as(options.as),
      name,
      changeRequirementsSchema.parse(
        defined({
          nodes: numberOf(options.nodes),
          spares: numberOf(options.spares),
          shape: shapeOf(options),
          spread: options.spread,
          mode: options.mode,
          hosts: listOf(options.hosts),
          pairing: listOf(options.pairing)?.map((pair) => {
            const [from, to] = pair.split('>');
            return { from, to };
          }),
          generation: numberOf(options.generation),
          reason: options.reason,
        }),
      ),
    ),
  failover: (stage, { words: [name = ''], options: { as, ...input } }) =>
    failover(stage.as(as), name, failoverSchema.parse(input)),
  delete: (stage, { words: [name = ''], options }) =>
    deleteCluster(
      stage.as(options.as),
      name,
      deleteClusterSchema.parse(defined({ confirmName: options.confirm ?? name, reason: options.reason })),
    ),
  recover: (stage, { words: [name = ''], options: { as, ...input } }) => recoverCluster(stage.as(as), name, input),
  load: (stage, { words: [name = '', requestsPerSecond = '0'], options }) =>
    setLoad(stage.as(options.as), name, loadInputSchema.parse({ requestsPerSecond: Number(requestsPerSecond) })),
  cancel: async (stage, { words: [name = ''], options }) =>
    cancelOperation(stage.as(options.as), await lastOperation(stage, name)),
  retry: async (stage, { words: [name = ''], options }) =>
    retryOperation(stage.as(options.as), await lastOperation(stage, name)),
};
