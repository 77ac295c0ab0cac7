export { useChoices, type Choices } from './useChoices';
