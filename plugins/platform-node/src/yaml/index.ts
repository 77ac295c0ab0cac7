export { YamlDocument } from './YamlDocument';
