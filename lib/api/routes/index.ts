import type { Route } from '../define-route';
import * as account from './account';
import * as admin from './admin';
import * as billing from './billing';
import * as clusters from './clusters';
import * as consoles from './consoles';
import * as events from './events';
import * as healing from './healing';
import * as images from './images';
import * as inventory from './inventory';
import * as lab from './lab';
import * as notifications from './notifications';
import * as operations from './operations';
import * as overview from './overview';
import * as personal from './personal';
import * as policies from './policies';
import * as settings from './settings';
import * as workloads from './workloads';

/** Every route of the API; OpenAPI is made from it. */
export const ROUTES: readonly Route[] = [
  clusters,
  consoles,
  images,
  operations,
  overview,
  inventory,
  healing,
  lab,
  workloads,
  policies,
  billing,
  notifications,
  admin,
  account,
  personal,
  settings,
  events,
].flatMap((module) => Object.values(module));
