export type {
  EntityChanges,
  EntityEdit,
  LeaverOutcome,
  LeaverRequest,
  OwnershipMove,
  OwnershipMoveRequest,
  ServiceCall,
} from './types';
