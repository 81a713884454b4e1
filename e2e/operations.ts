import { z } from 'zod';
import { type OperationView, operationViewSchema } from '@/lib/domain/contract';
import type { Installation } from '../lib/setup/testing-installation';

const listSchema = z.array(z.object({ id: z.string(), kind: z.string() }));

/** The newest operation of a cluster, with its steps and its receipt. */
export const latestOperation = async (installation: Installation, cluster: string): Promise<OperationView> => {
  const list = listSchema.parse(
    JSON.parse(await installation.cli('operation', 'list', '--cluster', cluster, '--json')),
  );
  const id = list[0]?.id;
  if (id === undefined) throw new Error(`${cluster} has no operation.`);
  return operationViewSchema.parse(JSON.parse(await installation.cli('operation', 'show', id, '--json')));
};
