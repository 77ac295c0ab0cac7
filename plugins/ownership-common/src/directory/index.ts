export { fullReference } from './fullReference';
export type {
  DirectoryGroup,
  DirectoryUser,
  OwnershipDirectory,
} from './OwnershipDirectory';
export { referenceOfOwner } from './referenceOfOwner';
