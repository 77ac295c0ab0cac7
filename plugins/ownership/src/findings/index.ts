export { FindingsPage } from './FindingsPage';
export { FindingTable } from './FindingTable';
