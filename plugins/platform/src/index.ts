/**
 * The platform's pages, entity tabs and cards.
 *
 * @packageDocumentation
 */
export { platformPlugin as default } from './plugin';
export { ChangeList, PlanVerdict } from './decisions';
