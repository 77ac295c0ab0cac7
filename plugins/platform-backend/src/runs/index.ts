export { DatabaseRunStore } from './DatabaseRunStore';
export { RunEngine } from './RunEngine';
export { RunEvents } from './RunEvents';
export { RunLog } from './RunLog';
export { RunQueue } from './RunQueue';
export { RunService, type StartRun } from './RunService';
export type { RunStore } from './RunStore';
export { checkRunKind } from './stepsOfKind';
