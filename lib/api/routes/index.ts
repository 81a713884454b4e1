import type { Route } from '../define-route';
import * as admin from './admin';
import * as billing from './billing';
import * as clusters from './clusters';
import * as events from './events';
import * as inventory from './inventory';
import * as notifications from './notifications';
import * as operations from './operations';
import * as policies from './policies';
import * as workloads from './workloads';

/** Every route of the API; OpenAPI is made from it. */
export const ROUTES: readonly Route[] = [
  clusters,
  operations,
  inventory,
  workloads,
  policies,
  notifications,
  billing,
  admin,
  events,
].flatMap((module) => Object.values(module));
