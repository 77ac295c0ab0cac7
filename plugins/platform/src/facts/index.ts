export { FactsPanel } from './FactsPanel';
