export * from './RunKind';
