export { FindingNews } from './FindingNews';
export { FindingOperations } from './FindingOperations';
export { countsOf, FindingReads, isId } from './FindingReads';
export { FindingStore } from './FindingStore';
