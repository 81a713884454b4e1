import { testCases } from './test-cases';

testCases(0, 2);
