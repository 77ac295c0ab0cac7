export { type Asking, type Caller, Callers } from './Callers';
