export { deriveOwnership, type OwnershipSources } from './deriveOwnership';
export * from './types';
