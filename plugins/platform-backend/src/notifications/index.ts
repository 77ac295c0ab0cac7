export { RunNotifier } from './RunNotifier';
