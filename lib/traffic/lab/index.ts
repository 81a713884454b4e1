export { createLabTraffic, type LabTrafficOptions } from './traffic';
