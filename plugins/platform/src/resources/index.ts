export { ResourceCard } from './ResourceCard';
export { ResourcesRouter } from './ResourcesRouter';
