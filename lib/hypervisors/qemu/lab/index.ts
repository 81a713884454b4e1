export { createLab, type Lab, type LabOptions, type Place } from './lab';
export { HOST_BRIDGE } from './layout';
export { instanceIdOf, tapNameOf } from './names';
export { asVmUser, VM_USER } from './vm-user';
