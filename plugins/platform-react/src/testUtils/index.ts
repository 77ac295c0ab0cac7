export { FakeSignals } from './FakeSignals';
