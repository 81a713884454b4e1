import type { StepRegistry } from '@/lib/operations/step';
import * as application from './application';
import type { StepContext } from './context';
import * as provision from './provision';
import * as removal from './removal';
import * as traffic from './traffic';

export type { StepContext } from './context';
export { MemberViews } from './member-views';

/** How each kind of step is done and undone. */
export const steps: StepRegistry<StepContext> = {
  reserve: provision.reserve,
  create: provision.create,
  boot: provision.boot,
  install: provision.install,
  join: provision.join,
  healthy: traffic.healthy,
  activate: traffic.activate,
  verify: traffic.verify,
  drain: traffic.drain,
  moveVip: traffic.moveVip,
  publish: traffic.publish,
  unpublish: traffic.unpublish,
  holdRequests: application.holdRequests,
  releaseRequests: application.releaseRequests,
  stopApplication: application.stopApplication,
  startApplication: application.startApplication,
  restartApplication: application.restartApplication,
  createVolume: application.createVolume,
  attachVolume: application.attachVolume,
  detachVolume: application.detachVolume,
  destroyVolume: application.destroyVolume,
  powerOff: removal.powerOff,
  leave: removal.leave,
  destroy: removal.destroy,
  release: removal.release,
  makeSpare: removal.makeSpare,
  takeSpare: removal.takeSpare,
  deleteCluster: removal.deleteCluster,
};
