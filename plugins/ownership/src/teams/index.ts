export { TeamPage } from './TeamPage';
export { TeamsPage } from './TeamsPage';
