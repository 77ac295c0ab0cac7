export { ChangeRate } from './ChangeRate';
