export type { ArtifactStore } from './ArtifactStore';
export { FileArtifactStore } from './FileArtifactStore';
