import type { Page } from '@playwright/test';
import { z } from 'zod';
import { type ClusterView, clusterViewSchema } from '@/lib/domain/contract';
import { callApi } from './samples';

/** A cluster as the API shows it to whoever is signed in. */
export const showCluster = async (page: Page, name: string): Promise<ClusterView> =>
  clusterViewSchema.parse(await callApi(page, 'GET', `/clusters/${name}`));

const listSchema = z.object({ items: z.array(z.object({ name: z.string() })) });

export const clusterNames = async (page: Page): Promise<readonly string[]> =>
  listSchema.parse(await callApi(page, 'GET', '/clusters')).items.map(({ name }) => name);
