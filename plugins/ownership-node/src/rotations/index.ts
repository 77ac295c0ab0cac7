export { addOverride } from './addOverride';
export type { KnownPeople } from './checkRotation';
export { readRotationFolder } from './readRotationFolder';
export {
  type LocatedRotation,
  readRotations,
  type RotationFile,
  type RotationsReading,
} from './readRotations';
