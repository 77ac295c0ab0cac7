export * from './approvers';
export * from './Decider';
export * from './RunKind';
export * from './RunEventSink';
export * from './waits';
