export { limitParameter, listParameter, parse } from './parse';
export { sendEventStream } from './sendEventStream';
