import { greet } from './greet.js';

/** All that this worker does. */
export const jobs = [greet];
