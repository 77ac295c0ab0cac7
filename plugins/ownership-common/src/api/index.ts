export * from './coverage';
export * from './dependencies';
export * from './entities';
export * from './findings';
export * from './history';
export * from './onCall';
export * from './teams';
export * from './transfers';
