export { addOverride } from './addOverride';
export type { KnownPeople } from './checkRotation';
export {
  type LocatedRotation,
  readRotations,
  type RotationFile,
  type RotationsReading,
} from './readRotations';
