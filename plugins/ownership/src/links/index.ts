export { useOwnershipLinks, type OwnershipLinks } from './useOwnershipLinks';
