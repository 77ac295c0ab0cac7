export * from './routes';
export { usePlatformLinks, type PlatformLinks } from './usePlatformLinks';
export { useChoices, type Choices } from './useChoices';
