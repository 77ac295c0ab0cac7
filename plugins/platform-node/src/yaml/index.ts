export {
  describeIssues,
  explainUnknown,
  type FieldProblem,
} from './describeIssues';
export { didYouMean, nearest } from './nearest';
export { type ObjectSchema, objectSchemaOf } from './objectSchemaOf';
export { YamlDocument } from './YamlDocument';
