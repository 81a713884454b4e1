import { describeHypervisorContract } from '../contract';
import { makeQemuSubject } from './contract-subject';

describeHypervisorContract('qemu', 'operation', 'real', makeQemuSubject);
