export { decodeCursor, encodeCursor, wrongCursor } from './cursor';
export { newestFirst } from './newestFirst';
export { entityReference, groupReference, userReference } from './references';
export { wordsQuery } from './words';
