import { describeHypervisorContract } from '../contract';
import { makeQemuSubject } from './contract-subject';

describeHypervisorContract('qemu', 'lifecycle', 'real', makeQemuSubject);
