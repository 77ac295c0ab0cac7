export * from './isServiceType';
export * from './types';
