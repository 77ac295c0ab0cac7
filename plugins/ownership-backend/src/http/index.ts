export { decodeCursor, encodeCursor, wrongCursor } from './cursor';
export { entityReference, groupReference, userReference } from './references';
export { wordsQuery } from './words';
