import { testCases } from './test-cases';

testCases(1, 2);
