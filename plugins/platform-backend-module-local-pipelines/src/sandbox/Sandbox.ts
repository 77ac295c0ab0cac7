/** What a pipeline is to be given. */
export interface SandboxRequest {
  /** The checkout; writable. */
  project: string;
  /** The jobs' home directory; writable. */
  home: string;
  /** What to run, with gitlab-ci-local's own arguments. */
  args: string[];
}

/** A command that runs gitlab-ci-local as it should be run. */
export interface SandboxedCommand {
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  uid?: number;
  gid?: number;
}

/** Where jobs run: what they see of this machine, and as whom. */
export interface Sandbox {
  /** Said in each job's log, where jobs are less well kept apart than they could be. */
  readonly remark?: string;
  command(request: SandboxRequest): SandboxedCommand;
}
