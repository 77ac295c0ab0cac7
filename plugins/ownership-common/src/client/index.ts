export * from './OwnershipApi';
export { OwnershipClient } from './OwnershipClient';
