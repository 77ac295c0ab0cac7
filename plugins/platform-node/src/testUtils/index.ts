export { RunKindTester, type TestedRun } from './RunKindTester';
