import type { SimMember, SimVm } from './state';

/** What a guest loses when it ends: its processes, but nothing on its disk. */
export const endProcesses = (vm: SimVm): void => {
  vm.mounts = {};
  if (vm.member === null) return;
  vm.member.vrrp = 'stopped';
  vm.member.application = 'stopped';
  vm.member.proxy = 'down';
  vm.member.held = false;
  vm.member.deaf = false;
  vm.member.cutOffSinceMs = null;
};

/**
 * What a guest that was set up before starts by itself: keepalived, HAProxy and a stateless application. A stateful one
 * waits to be told, because it may have been started elsewhere meanwhile.
 */
export const resumeProcesses = (vm: SimVm): void => {
  if (vm.member === null) return;
  vm.member.vrrp = 'backup';
  vm.member.standing = true;
  vm.member.proxy = 'up';
  vm.member.application = startsByItself(vm.member) && !vm.diskFull ? 'up' : 'stopped';
};

const startsByItself = (member: SimMember): boolean => member.view.workload.volume === null;

/** Ends a running, paused or starting VM. */
export const endVm = (vm: SimVm, run: 'stopped' | 'crashed', nowMs: number): void => {
  if (vm.run !== 'running' && vm.run !== 'paused' && vm.run !== 'starting') return;
  vm.run = run;
  vm.readyAtMs = null;
  vm.startedAtMs = null;
  vm.endedAtMs = nowMs;
  endProcesses(vm);
};

/** A starting VM comes up. */
export const bringUp = (vm: SimVm): void => {
  if (vm.run !== 'starting') return;
  vm.run = 'running';
  vm.readyAtMs = null;
  resumeProcesses(vm);
};
