export type { OwnershipMove, OwnershipMoveRequest } from './types';
