export type {
  EntityChanges,
  EntityEdit,
  LeaverOutcome,
  LeaverRequest,
  OwnershipMove,
  OwnershipMoveRequest,
} from './types';
