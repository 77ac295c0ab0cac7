export type {
  EntityChanges,
  EntityEdit,
  OwnershipMove,
  OwnershipMoveRequest,
} from './types';
