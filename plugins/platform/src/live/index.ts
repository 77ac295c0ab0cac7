export { useRunStream, type RunStream } from './useRunStream';
