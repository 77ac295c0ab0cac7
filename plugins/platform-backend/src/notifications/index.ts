export { ApprovalAnnouncer } from './ApprovalAnnouncer';
export { RunNotifier } from './RunNotifier';
