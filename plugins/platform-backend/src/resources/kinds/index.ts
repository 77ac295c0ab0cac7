export { createRunKinds } from './createRunKinds';
export type { KindDependencies } from './KindDependencies';
