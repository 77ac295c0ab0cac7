export { EntityPage } from './EntityPage';
export { isGroup, isOwnable } from './isOwnable';
export { OwnershipCard } from './OwnershipCard';
export { OwnershipTab } from './OwnershipTab';
export { TeamCard } from './TeamCard';
export { useEntityRef } from './useOwnership';
