/**
 * How long each act takes in the simulated world. The defaults are medians that were measured with the `qemu` driver
 * under emulation on two cores, so that a plan takes about as long here as there.
 */
export interface Durations {
  readonly imageBuildMs: number;
  readonly createVmMs: number;
  /** Restore of the golden snapshot until the guest agent answers. */
  readonly restoreMs: number;
  /** Cold boot, for a VM that was started before. */
  readonly coldBootMs: number;
  /** Hot-plug of one vCPU, or of all memory, beyond the snapshot's. */
  readonly hotPlugMs: number;
  readonly shutDownMs: number;
  readonly killMs: number;
  readonly attachVolumeMs: number;
  readonly detachVolumeMs: number;
  readonly guestCallMs: number;
  readonly installMs: number;
  readonly configureMs: number;
  readonly applicationStartMs: number;
  readonly applicationStopMs: number;
  readonly fenceMs: number;
  /** Interval of VRRP adverts: two holders that hear each other are one again after it. */
  readonly advertMs: number;
  /** From the silence of the VIP holder to the next one. */
  readonly takeOverMs: number;
  /** From a holder's giving up to the next one. Requests wait meanwhile. */
  readonly plannedMoveMs: number;
  /** From the last word of anybody until a member that others do not reach stands for the VIP no more. */
  readonly deafMs: number;
  /** Until the director takes a dead member out: requests that it is dealt before fail. */
  readonly deadMemberMs: number;
  /** Length of one slow response. */
  readonly streamMs: number;
  /** What asking a host that does not answer costs. */
  readonly unreachableMs: number;
}

export const DEFAULT_DURATIONS: Durations = {
  imageBuildMs: 24_000,
  createVmMs: 50,
  restoreMs: 300,
  coldBootMs: 12_000,
  hotPlugMs: 375,
  shutDownMs: 1_500,
  killMs: 20,
  attachVolumeMs: 550,
  detachVolumeMs: 300,
  guestCallMs: 10,
  installMs: 400,
  configureMs: 150,
  applicationStartMs: 300,
  applicationStopMs: 200,
  fenceMs: 30,
  advertMs: 100,
  takeOverMs: 470,
  plannedMoveMs: 54,
  deafMs: 3_500,
  deadMemberMs: 470,
  streamMs: 10_000,
  unreachableMs: 1_000,
};

const zeroed = (durations: Durations): Durations => ({
  ...durations,
  imageBuildMs: 0,
  createVmMs: 0,
  restoreMs: 0,
  coldBootMs: 0,
  hotPlugMs: 0,
  shutDownMs: 0,
  killMs: 0,
  attachVolumeMs: 0,
  detachVolumeMs: 0,
  guestCallMs: 0,
  installMs: 0,
  configureMs: 0,
  applicationStartMs: 0,
  applicationStopMs: 0,
  fenceMs: 0,
  unreachableMs: 0,
});

/** Acts that take no time; elections and health checks take their usual time. For tests on the machine's clock. */
export const INSTANT_DURATIONS: Durations = zeroed(DEFAULT_DURATIONS);
