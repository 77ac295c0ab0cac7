export { type Rollout, Rollouts } from './Rollouts';
export { runSmokeChecks } from './smokeChecks';
