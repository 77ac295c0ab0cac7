export { LeaversPage } from './LeaversPage';
