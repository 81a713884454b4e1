export { type AcceleratorVerdict, findAccelerator } from './accelerator';
export { type BuildImageOptions, buildImage, type GuestImage, getImage } from './build';
export { KERNEL_COMMAND_LINE } from './recipe';
