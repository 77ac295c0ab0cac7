export { DutyList, OnDuty } from './DutyList';
export { OnCallPage } from './OnCallPage';
export { RotationPage } from './RotationPage';
