export const FACT_KINDS = [
  'secrets',
  'dependencies',
  'licences',
  'sbom',
] as const;
export type FactKind = (typeof FACT_KINDS)[number];

export const FACT_STATES = ['passed', 'warning', 'failed', 'unknown'] as const;
export type FactState = (typeof FACT_STATES)[number];

/** Something that a scan found. */
export interface FactFinding {
  name: string;
  /** `Critical`, `High`, `Medium`, `Low`, `Info` or `Unknown`. */
  severity: string;
  description?: string;
  file?: string;
  line?: number;
}

/** What is known of an artifact, from the pipeline that made it. */
export interface ArtifactFact {
  kind: FactKind;
  /** `unknown`: it could not be found out. */
  state: FactState;
  /** In a few words. */
  summary: string;
  /** The worst first; the first hundred. */
  findings: FactFinding[];
  /** ISO 8601, UTC. */
  measuredAt: string;
}
