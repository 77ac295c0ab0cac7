export { type Swap, withSwap } from './withSwap';
