export type {
  EntityChanges,
  EntityEdit,
  LeaverOutcome,
  LeaverRequest,
  OwnershipMove,
  OwnershipMoveRequest,
  ServiceCall,
  ServiceChange,
} from './types';
