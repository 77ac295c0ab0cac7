export * from './planByAttributes';
export * from './ResourceProvider';
