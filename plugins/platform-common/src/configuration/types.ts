/** The run kind that changes a configuration. */
export const CONFIGURE_RUN_KIND = 'configure-service';

/** What changed from one version of a configuration to the next. Values of secrets are never told. */
export interface ConfigurationChange {
  key: string;
  isSecret: boolean;
  action: 'add' | 'change' | 'remove';
  from?: string;
  to?: string;
}

/** One version of the configuration of a service in an environment. */
export interface ConfigurationVersion {
  version: number;
  /** Why, as the person who changed it said. */
  reason?: string;
  changedBy: string;
  changedAt: string;
  runId: string;
  changes: ConfigurationChange[];
}

/** What a service is given in an environment, beside what its `score.yaml` says. */
export interface Configuration {
  service: string;
  environment: string;
  /** 0 where nothing was ever set. */
  version: number;
  variables: Record<string, string>;
  /** The names of the secrets; they can be set, and never read. */
  secrets: string[];
  /** What the release that serves asks for and that isn't set. */
  missing: string[];
  /** The newest first. */
  history: ConfigurationVersion[];
}

/** What is to be changed; `null` takes a variable or secret away, what isn't named stays. */
export interface ConfigurationRequest {
  variables?: Record<string, string | null>;
  secrets?: Record<string, string | null>;
  reason?: string;
  /** The version that was looked at; refused where there is a newer one. */
  version: number;
}
