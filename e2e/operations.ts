import type { Page } from '@playwright/test';
import { z } from 'zod';
import { type OperationView, operationViewSchema } from '@/lib/domain/contract';
import { callApi } from './samples';

const listSchema = z.object({ items: z.array(z.object({ id: z.string() })) });

/** With its steps and its receipt. */
export const getOperation = async (page: Page, id: string): Promise<OperationView> =>
  operationViewSchema.parse(await callApi(page, 'GET', `/operations/${id}`));

/** The newest operation of a cluster. */
export const latestOperation = async (page: Page, cluster: string): Promise<OperationView> => {
  const { items } = listSchema.parse(await callApi(page, 'GET', `/operations?cluster=${cluster}&limit=1`));
  const id = items[0]?.id;
  if (id === undefined) throw new Error(`${cluster} has no operation.`);
  return getOperation(page, id);
};
