export { usePlatformData, type PlatformData } from './usePlatformData';
