import type { Page } from '@playwright/test';
import { type ClusterView, clusterViewSchema } from '@/lib/domain/contract';
import { callApi } from './samples';

/** A cluster as the API shows it to whoever is signed in. */
export const showCluster = async (page: Page, name: string): Promise<ClusterView> =>
  clusterViewSchema.parse(await callApi(page, 'GET', `/clusters/${name}`));
