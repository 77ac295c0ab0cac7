import { mkdirSync, chownSync } from 'node:fs';
import { AgentError, codeOf, explainDiskError } from '../AgentError';
import type { InstanceLog } from '../logs/InstanceLog';
import { isBind, type Mount } from '../mounts/Mount';
import { ManagedProcess } from '../processes/ManagedProcess';
import type { InstanceRecord, WorkloadEnvironment } from './types';

/**
 * Starts an instance's process in an environment that holds its own variables and a minimum besides:
 * nothing of the agent's or the portal's.
 */
export async function launchInstance(
  record: InstanceRecord,
  log: InstanceLog,
  directories: { files: string; home: string },
  port: number | undefined,
  environment: Pick<WorkloadEnvironment, 'user' | 'searchPath' | 'bubblewrap'>,
): Promise<ManagedProcess> {
  const { command, label, variables } = record.spec;
  const { user, searchPath } = environment;
  const binds = record.mounts.filter(isBind);
  const bubblewrap =
    binds.length > 0 ? await environment.bubblewrap() : undefined;
  try {
    mkdirSync(directories.home, { recursive: true, mode: 0o700 });
    if (user) {
      chownSync(directories.home, user.uid, user.gid);
    }
    return await ManagedProcess.start({
      command: bubblewrap
        ? bubblewrap.wrap(binds, command, directories.files)
        : command,
      directory: directories.files,
      environment: {
        PATH: searchPath,
        HOME: directories.home,
        LANG: 'C.UTF-8',
        ...pathVariables(record.mounts, bubblewrap !== undefined),
        ...variables,
        ...(port !== undefined && { PORT: String(port) }),
      },
      stdoutFile: log.files.stdout,
      stderrFile: log.files.stderr,
      // Bubblewrap changes to the user by itself.
      user: bubblewrap ? undefined : user,
    });
  } catch (error) {
    switch (codeOf(error)) {
      case 'ENOENT':
        throw AgentError.final({
          message: `${label} could not be started: there is no program "${command[0]}".`,
          hint: 'Check command and args in score.yaml, and that the pipeline puts the program into the artifact.',
        });
      case 'EACCES':
        throw AgentError.final({
          message: `${label} could not be started: "${command[0]}" may not be executed${
            user ? ` by the user ${user.name}` : ''
          }.`,
          hint: 'Check that the file is executable and that every directory above the data directory can be entered by that user.',
        });
      default:
        throw explainDiskError(error, `${label} could not be started`);
    }
  }
}

/** Says where volumes and files are, for the process. */
function pathVariables(mounts: Mount[], isBound: boolean) {
  return Object.fromEntries(
    mounts.map(({ variable, source, target }) => [
      variable,
      (isBound && target) || source,
    ]),
  );
}
