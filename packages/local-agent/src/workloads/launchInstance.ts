import { mkdirSync, chownSync } from 'node:fs';
import path from 'node:path';
import { AgentError, codeOf, explainDiskError } from '../AgentError';
import type { InstanceLog } from '../logs/InstanceLog';
import { ManagedProcess } from '../processes/ManagedProcess';
import type { InstanceRecord, WorkloadEnvironment } from './types';

const SYSTEM_PATH = ['/usr/local/bin', '/opt/homebrew/bin', '/usr/bin', '/bin'];

/**
 * Starts an instance's process in an environment that holds its own variables and a minimum besides:
 * nothing of the agent's or the portal's.
 */
export async function launchInstance(
  record: InstanceRecord,
  log: InstanceLog,
  directories: { files: string; home: string },
  port: number,
  environment: Pick<WorkloadEnvironment, 'user' | 'nodeDirectory'>,
): Promise<ManagedProcess> {
  const { command, label, variables } = record.spec;
  const { user, nodeDirectory } = environment;
  try {
    mkdirSync(directories.home, { recursive: true, mode: 0o700 });
    if (user) {
      chownSync(directories.home, user.uid, user.gid);
    }
    return await ManagedProcess.start({
      command,
      directory: directories.files,
      environment: {
        PATH: [nodeDirectory, ...SYSTEM_PATH].join(path.delimiter),
        HOME: directories.home,
        LANG: 'C.UTF-8',
        ...variables,
        PORT: String(port),
      },
      stdoutFile: log.files.stdout,
      stderrFile: log.files.stderr,
      user,
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
