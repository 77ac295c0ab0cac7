export { ChangeList } from './ChangeList';
export { CommitRange } from './CommitRange';
export { FieldList } from './FieldList';
export { PlanVerdict } from './PlanVerdict';
export { ReasonList } from './ReasonList';
export { RemainsList } from './RemainsList';
