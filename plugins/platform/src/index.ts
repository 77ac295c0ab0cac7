/**
 * The platform's pages, entity tabs and cards.
 *
 * @packageDocumentation
 */
export { platformPlugin as default } from './plugin';
export * from './api';
export { ChangeList, PlanVerdict } from './decisions';
