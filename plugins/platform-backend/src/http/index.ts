export { limitParameter, listParameter, parse } from './parse';
export { checkedKey, scopedKey } from './scopedKey';
export { sendEventStream } from './sendEventStream';
