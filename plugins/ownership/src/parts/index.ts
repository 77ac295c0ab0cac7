export { EntityTable } from './EntityTable';
export { FindingBadge } from './FindingBadge';
export { FINDING_WORDS } from './findings';
export { onOwnership } from './onOwnership';
export { OwnershipFrame } from './OwnershipFrame';
export { Sentences } from './Sentences';
export { SOURCE_WORDS, sourceText } from './sourceText';
export { TeamLink } from './TeamLink';
