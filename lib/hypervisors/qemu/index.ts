import type { Hypervisor } from '../types';
import { QemuHypervisor, type QemuOptions } from './driver';

export type { QemuOptions } from './driver';

/** The driver of the embedded lab. Nothing is done before `start`. */
export const createQemuHypervisor = (options: QemuOptions): Hypervisor => new QemuHypervisor(options);
