export { type ParsedCatalogFile, parseCatalogFile } from './parseCatalogFile';
