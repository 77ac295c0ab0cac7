export { HealthCard } from './HealthCard';
export { RepositoryCard } from './RepositoryCard';
