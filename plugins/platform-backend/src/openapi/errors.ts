export {
  commonErrors,
  conflict,
  errorResponses,
  errorSchemas,
  notFound,
  tooLarge,
  unavailable,
} from '@slipway/plugin-platform-node';
