export { type AcceleratorVerdict, findAccelerator } from './accelerator';
export { type BuildImageOptions, buildImage, type GuestImage, getImage } from './build';
export { kernelCommandLine } from './recipe';
