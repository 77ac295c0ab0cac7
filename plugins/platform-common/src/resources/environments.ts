import type { JsonObject } from '@backstage/types';
import type { Environment, FreezeWindow } from '../deployments';
import type { FieldChange } from './types';

/** A definition as it was read. */
export interface ResourceDefinition {
  name: string;
  description?: string;
  /** `file:line` where it stands, relative to the folder of the environments. */
  source: string;
  match: {
    type: string;
    class?: string;
    environment?: string;
    owner?: string;
    service?: string;
    id?: string;
  };
  provider: string;
  parameters: JsonObject;
  defaults: JsonObject;
  maximum: JsonObject;
  /** In milliseconds. */
  timeToLive?: { defaultMs: number; maximumMs: number };
  /** In milliseconds; how long a destroyed resource can be restored. */
  retentionMs: number;
}

/** Something that is wrong in the files of the environments. */
export interface DefinitionProblem {
  file: string;
  line: number;
  /** What is wrong, and what would be right. */
  message: string;
}

/** All environments as they count now. */
export interface EnvironmentsView {
  environments: Environment[];
  definitions: ResourceDefinition[];
  freezes: FreezeWindow[];
  /** When the files that count were read, ISO 8601. */
  readAt: string;
  /** What keeps newer files from counting. */
  problems: DefinitionProblem[];
  /** What the definitions would change in resources that exist, were their runs started. */
  pending: Array<{
    resourceId: string;
    name: string;
    environment: string;
    fields: FieldChange[];
  }>;
}
