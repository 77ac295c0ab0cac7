export type { ProviderSetup } from './contract/ProviderSetup';
export { TestedResource } from './contract/TestedResource';
export { resourceProviderContract } from './resourceProviderContract';
export { RunKindTester, type TestedRun } from './RunKindTester';
export {
  DocumentedApi,
  type Operation,
  operationsOf,
  undocumentedAnswers,
  unseenAnswers,
} from './DocumentedApi';
export { until } from './until';
