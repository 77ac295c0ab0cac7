import { OperationFailedError } from '../context';
import { Placeholders } from './Placeholders';
import type {
  ResourceOutputs,
  ScoreContainer,
  ScoreFile,
  ScoreWorkload,
} from './types';

const COMMAND_PLACEHOLDER = /(?<!\$)\$\{\s*(?:metadata|resources)\s*\.[^}]*\}/;

/**
 * Replaces placeholders where Score has them in containers: in variables, in the content of files, and in the sources of files and volumes.
 * A command has none (its `$${` becomes `${`, for the shell): everybody on a machine sees the commands that run there.
 * Throws `OperationFailedError` naming the placeholder, where it stands and which names there are.
 */
export function resolveScore(
  workload: ScoreWorkload,
  outputs: ResourceOutputs,
): ScoreWorkload {
  const placeholders = new Placeholders(workload, outputs);
  const containers = Object.entries(workload.containers).map(
    ([name, container]) => [
      name,
      resolveContainer(container, placeholders, `containers.${name}`),
    ],
  );
  return { ...workload, containers: Object.fromEntries(containers) };
}

function resolveContainer(
  container: ScoreContainer,
  placeholders: Placeholders,
  where: string,
): ScoreContainer {
  return {
    ...container,
    command: resolveCommand(container.command, `${where}.command`),
    args: resolveCommand(container.args, `${where}.args`),
    variables: Object.fromEntries(
      Object.entries(container.variables ?? {}).map(([name, value]) => [
        name,
        placeholders.replace(value, `${where}.variables.${name}`),
      ]),
    ),
    files: container.files?.map(file =>
      resolveFile(file, placeholders, `${where}.files.${file.target}`),
    ),
    volumes: container.volumes?.map(volume => ({
      ...volume,
      source: placeholders.volumeSource(
        volume.source,
        `${where}.volumes.${volume.target}`,
      ),
    })),
  };
}

function resolveFile(
  file: ScoreFile,
  placeholders: Placeholders,
  where: string,
): ScoreFile {
  const { source, content, noExpand } = file;
  return {
    ...file,
    ...(source !== undefined && {
      source: placeholders.replace(source, where),
    }),
    ...(content !== undefined && {
      content: noExpand ? content : placeholders.replace(content, where),
    }),
  };
}

function resolveCommand(
  words: string[] | undefined,
  where: string,
): string[] | undefined {
  return words?.map((word, index) => {
    const placeholder = COMMAND_PLACEHOLDER.exec(word)?.[0];
    if (placeholder) {
      throw new OperationFailedError({
        message: `score.yaml, ${where}.${index}: ${placeholder} is not replaced there.`,
        hint: 'Put it into variables, and read the variable: everybody on the machine can see a command.',
      });
    }
    return word.replaceAll('$${', '${');
  });
}
