export type { ProviderSetup } from './contract/ProviderSetup';
export { resourceProviderContract } from './resourceProviderContract';
export { RunKindTester, type TestedRun } from './RunKindTester';
