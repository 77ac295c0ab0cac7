import { setFlagsFromString } from 'node:v8';

// Has to be imported first. V8 would let its young generation grow by some 30 MB under load and keep them. The
// router's objects live for milliseconds, so that a small one costs it nothing that shows.
setFlagsFromString('--max-semi-space-size=1');
setFlagsFromString('--semi-space-growth-factor=1');
