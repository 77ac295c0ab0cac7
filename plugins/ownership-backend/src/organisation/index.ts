export {
  type Names,
  OrganisationReads,
  type TeamRecord,
} from './OrganisationReads';
