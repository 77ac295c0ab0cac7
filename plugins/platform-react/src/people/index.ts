export { useSelf, type Self } from './useSelf';
