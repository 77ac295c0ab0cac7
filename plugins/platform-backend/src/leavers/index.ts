export { LeaverApprovals } from './LeaverApprovals';
export { Leavers } from './Leavers';
