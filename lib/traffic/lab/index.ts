export { createLabTraffic, type LabTraffic, type LabTrafficOptions } from './traffic';
