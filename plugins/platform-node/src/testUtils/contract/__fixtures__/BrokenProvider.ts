import type { ResourceProvider } from '../../../resources';
import type { MemoryWorld } from './MemoryWorld';

/** What is different about a broken provider. */
export type Breakage = (
  good: ResourceProvider,
  world: MemoryWorld,
) => Partial<ResourceProvider>;

/** A provider that breaks one promise, and the title of the case that has to find it. */
export type BrokenProvider = [title: string, breakage: Breakage];
