export { createMoveRunKind } from './createMoveRunKind';
export { entityEdit } from './entityChanges';
export { EntityEdits } from './EntityEdits';
export { MOVE_OWNERSHIP_RUN_KIND } from './moveInput';
export { MoveService } from './MoveService';
export { OwnerStore } from './OwnerStore';
