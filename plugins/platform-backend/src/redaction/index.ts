export { DatabaseRunSecrets } from './DatabaseRunSecrets';
export { LineRedactor, type RedactedLine } from './LineRedactor';
export { reencryptRunSecrets } from './reencryptRunSecrets';
