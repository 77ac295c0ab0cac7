export * from './routes';
export { usePlatformLinks, type PlatformLinks } from './usePlatformLinks';
