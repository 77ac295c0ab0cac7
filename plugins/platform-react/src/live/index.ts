export { useAction, type Action } from './useAction';
export { useFollow, type Follow, type FollowOptions } from './useFollow';
export { useLines, type Lines } from './useLines';
export { useLive, type Live, type LiveOptions } from './useLive';
export { useNow } from './useNow';
export { usePages, type LivePages, type Pages } from './usePages';
