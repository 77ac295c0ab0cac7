export { checkCodeowners } from './checkCodeowners';
export { defaultRuleFor, rulesFor } from './ownersOf';
export { parseCodeowners } from './parseCodeowners';
export * from './types';
