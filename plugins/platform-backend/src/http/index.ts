export { limitParameter, listParameter, parse } from './parse';
export { scopedKey } from './scopedKey';
export { sendEventStream } from './sendEventStream';
