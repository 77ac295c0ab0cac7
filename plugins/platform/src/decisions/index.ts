export { ChangeList } from './ChangeList';
export { ReasonList } from './ReasonList';
export { RemainsList } from './RemainsList';
