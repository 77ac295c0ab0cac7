export {
  type RepositoryFacts,
  type RepositoryReader,
  type RepositoryReaderExtensionPoint,
  repositoryReaderExtensionPoint,
} from './RepositoryReader';
