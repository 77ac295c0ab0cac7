import type { JsonObject } from '@backstage/types';
import type { OutputDeclaration } from '@slipway/plugin-platform-node';

/** A module that the platform team offers. */
export interface TerraformModule {
  /** The name of its folder. */
  name: string;
  /** The folder of all modules: one may use another by a relative path. */
  root: string;
  type: string;
  title: string;
  description: string;
  timeoutMs?: number;
  /** JSON Schema of an object: its variables that can be asked for. */
  parameters: JsonObject;
  /** Its variables that the platform fills. */
  filled: PlatformVariable[];
  outputs: Record<string, OutputDeclaration>;
}

/** Variables that a module may declare to be told what it is made for. */
export const PLATFORM_VARIABLES = [
  'slipway_id',
  'slipway_name',
  'slipway_environment',
  'slipway_owner',
  'slipway_service',
] as const;
export type PlatformVariable = (typeof PLATFORM_VARIABLES)[number];
