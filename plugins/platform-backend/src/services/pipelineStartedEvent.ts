/** The key of the event that says that a commit that was pushed has a pipeline. */
export function pipelineStartedEvent(repository: string, sha: string): string {
  return `pipeline-of:${repository}:${sha}`;
}
