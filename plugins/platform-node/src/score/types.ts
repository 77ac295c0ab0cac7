import type { JsonObject } from '@backstage/types';

/** A workload as the Score specification v1b1 describes it (score.dev, 2024), after validation. */
export interface ScoreWorkload {
  apiVersion: 'score.dev/v1b1';
  metadata: { name: string; annotations?: Record<string, string> } & Record<
    string,
    unknown
  >;
  containers: Record<string, ScoreContainer>;
  service?: { ports?: Record<string, ScorePort> };
  resources?: Record<string, ScoreResource>;
}

export interface ScoreContainer {
  image: string;
  command?: string[];
  args?: string[];
  variables?: Record<string, string>;
  livenessProbe?: ScoreProbe;
  readinessProbe?: ScoreProbe;
  /** Kept as written; the local runtime enforces none of them. */
  resources?: {
    limits?: Record<string, string>;
    requests?: Record<string, string>;
  };
  files?: ScoreFile[];
  volumes?: ScoreVolume[];
}

/** A file that the workload finds; written as a list or as a mapping by target. It has one of `content`, `binaryContent`, `source`. */
export interface ScoreFile {
  target: string;
  /** Octal: `0644`. */
  mode?: string;
  content?: string;
  /** In base64. Never expanded. */
  binaryContent?: string;
  /** The path of a file to take the content from. */
  source?: string;
  /** Placeholders stay as they are. */
  noExpand?: boolean;
}

/** A volume that the workload finds; written as a list or as a mapping by target. */
export interface ScoreVolume {
  target: string;
  source: string;
  /** A folder in the volume. */
  path?: string;
  readOnly?: boolean;
}

export interface ScorePort {
  port: number;
  targetPort?: number;
  protocol?: 'TCP' | 'UDP';
}

export interface ScoreProbe {
  httpGet?: {
    path: string;
    port: number;
    scheme?: 'HTTP' | 'HTTPS';
    host?: string;
    httpHeaders?: Array<{ name: string; value: string }>;
  };
  exec?: { command: string[] };
}

export interface ScoreResource {
  type: string;
  class?: string;
  id?: string;
  params?: JsonObject;
  metadata?: Record<string, unknown>;
}

/** What a resource offers to placeholders: `${resources.<name>.<output>}`. */
export type ResourceOutputs = Record<string, Record<string, string>>;
